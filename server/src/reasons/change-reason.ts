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

/** Add a reason to the library. @throws Problem `field.unknown`, `reason.too_many` */
export async function createReason(
  { db, clock }: Library,
  text: Pick<Reason, 'kind' | 'move'> & ReasonText,
  actor: string,
): Promise<Reason> {
  refuseUnknownFields(text.kind, text.fields)
  return await changeInstallation(db, async ({ trx, append }) => {
    if ((await countReasons(trx, text.kind)) >= REASONS_MAX) throw new Problem('reason.too_many')
    const reasonNo = await insertReason(trx, text)
    const reason = { ...text, reasonNo, version: 1, changedBy: actor, changedAt: clock.now() }
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
 * @throws Problem `reason.unknown`, `reason.changed`, `field.unknown`
 */
export async function changeReason(
  { db, clock }: Library,
  { reasonNo, version, ...text }: Pick<Reason, 'reasonNo' | 'version'> & ReasonText,
  actor: string,
): Promise<Reason> {
  return await changeInstallation(db, async ({ trx, append }) => {
    const before = await getReason(trx, { reasonNo })
    if (before.version !== version) throw new Problem('reason.changed', `It is at version ${before.version}.`)
    refuseUnknownFields(before.kind, text.fields)
    const reason = { ...before, ...text, version: version + 1, changedBy: actor, changedAt: clock.now() }
    await insertVersion(trx, reason)
    const detail = { reason_no: reasonNo, version: reason.version, ...text }
    append({ at: reason.changedAt, actor, action: 'reason.change', detail })
    return reason
  })
}
