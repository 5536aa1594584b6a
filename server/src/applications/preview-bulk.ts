import type { DecisionResult, KindName } from '@shenpi/sdk/contract/states'
import { Problem } from '../problem.ts'
import { findApplication } from './application.store.ts'
import type { ApplicationKey } from './application-id.ts'
import { type ChosenApplication, refuseRepeated, theOneKind } from './bulk-decision.ts'
import type { AskedDecision } from './decide-application.ts'
import { changeByDecision } from './decide-within.ts'
import { UnreadablePayload } from './payload.ts'
import type { Review } from './review.ts'
import { carryOut, judge } from './review-stages.ts'
import type { Refusal } from './scheduled-decision.ts'

/** What would become of one application. */
export interface PreviewedApplication extends ApplicationKey {
  /** Undefined: it is refused. */
  leadsTo: DecisionResult | undefined
  refusal: Refusal | undefined
}

export type BulkAsked = Omit<AskedDecision, 'version'>

/** Thrown to roll a decision back that was only tried. */
class Tried extends Error {
  readonly leadsTo: DecisionResult

  constructor(leadsTo: DecisionResult) {
    super('the decision was only tried')
    this.leadsTo = leadsTo
  }
}

/**
 * What a decision would do to each of many applications: it is made, effect and all, and rolled back.
 *
 * @throws Problem what is wrong with all of it: `bulk.repeated`, `bulk.kinds_differ`
 */
export async function previewBulk(
  review: Review,
  chosen: readonly ChosenApplication[],
  asked: BulkAsked,
): Promise<{ kind: KindName; items: PreviewedApplication[] }> {
  refuseRepeated(chosen)
  const found = await Promise.all(chosen.map((key) => findApplication(review.db, key)))
  const kind = theOneKind(found.flatMap((application) => application?.kind ?? []))
  const items: PreviewedApplication[] = []
  for (const one of chosen) items.push(await tryDecision(review, one, asked))
  return { kind, items }
}

async function tryDecision(
  review: Review,
  { version, ...key }: ChosenApplication,
  { delay: _, ...asked }: BulkAsked,
): Promise<PreviewedApplication> {
  const decision = { ...asked, version, at: review.clock.now(key.accountId) }
  try {
    await changeByDecision(review, key, decision, async (account, before) => {
      const judged = await judge(review, account, before, decision)
      await carryOut(review, account, before, decision, judged)
      throw new Tried(judged.leadsTo)
    })
  } catch (error) {
    if (error instanceof Tried) return { ...key, leadsTo: error.leadsTo, refusal: undefined }
    return { ...key, leadsTo: undefined, refusal: refusalOf(error) }
  }
  throw new Error('a decision that was only tried was committed')
}

/** @throws whatever is no refusal of one application */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof UnreadablePayload) return { code: 'system.unavailable', detail: error.message }
  if (!(error instanceof Problem) || error.code === 'system.unavailable') throw error
  return { code: error.code, detail: error.detail ?? null }
}
