import type { KindName } from '@shenpi/sdk/contract/states'
import { placesIn, REASON_MAX_WEIGHT, REASON_PLACES, weightOf } from '@shenpi/sdk/contract/text'
import type { Kysely } from 'kysely'
import { refuseUnknownFields } from '../applications/review-stages.ts'
import type { Schema } from '../db/schema.ts'
import { changeInstallation } from '../journal/change-installation.ts'
import { Problem } from '../problem.ts'
import type { Clock } from '../time/clock.ts'
import { countReasons, getReason, insertReason, insertVersion } from './reason.store.ts'
import { REASONS_MAX, type Reason, type ReasonText } from './reason.ts'

interface Library {
  db: Kysely<Schema>
  clock: Clock
}

/**
 * Add a reason to the library.
 *
 * @throws Problem `field.unknown`, `reason.place_unknown`, `decision.reason_too_long`, `reason.too_many`
 */
export async function createReason(
  { db, clock }: Library,
  text: Pick<Reason, 'kind' | 'move'> & ReasonText,
  actor: string,
): Promise<Reason> {
  assertText(text.kind, text)
  return await changeInstallation(db, async ({ trx, append }) => {
    if ((await countReasons(trx, text.kind)) >= REASONS_MAX) throw new Problem('reason.too_many')
    const inserted = await insertReason(trx, text)
    const { reasonNo } = inserted
    const reason = { ...text, ...inserted, version: 1, changedBy: actor, changedAt: clock.installation() }
    await insertVersion(trx, reason)
    append({
      at: reason.changedAt,
      actor,
      action: 'reason.create',
      detail: { reason_no: reasonNo, version: 1, ...text },
    })
    return reason
  })
}

/**
 * Change a reason: a new version stands beside the old ones, and decisions keep the text that they had.
 *
 * @throws Problem `reason.unknown`, `reason.changed`, and what is wrong with its text, as above
 */
export async function changeReason(
  { db, clock }: Library,
  { reasonNo, version, ...text }: Pick<Reason, 'reasonNo' | 'version'> & ReasonText,
  actor: string,
): Promise<Reason> {
  return await changeInstallation(db, async ({ trx, append }) => {
    const before = await getReason(trx, { reasonNo })
    if (before.version !== version) throw new Problem('reason.changed', `It is at version ${before.version}.`)
    assertText(before.kind, text)
    const reason = { ...before, ...text, version: version + 1, changedBy: actor, changedAt: clock.installation() }
    await insertVersion(trx, reason)
    const detail = { reason_no: reasonNo, version: reason.version, ...text }
    append({ at: reason.changedAt, actor, action: 'reason.change', detail })
    return reason
  })
}

/** @throws Problem `field.unknown`, `reason.place_unknown`; `decision.reason_too_long`: nobody could decide by it */
function assertText(kind: KindName, { fields, text: { zh, en } }: Pick<ReasonText, 'fields' | 'text'>): void {
  refuseUnknownFields(kind, fields)
  if (Math.max(weightOf(zh), weightOf(en)) > REASON_MAX_WEIGHT) throw new Problem('decision.reason_too_long')
  const places = new Set([...placesIn(zh), ...placesIn(en)])
  const wrong = [...places].find((place) => !REASON_PLACES.includes(place) || !isIn(place, zh) || !isIn(place, en))
  if (wrong !== undefined) throw new Problem('reason.place_unknown', `{${wrong}}`)
}

const isIn = (place: string, text: string) => placesIn(text).includes(place)
