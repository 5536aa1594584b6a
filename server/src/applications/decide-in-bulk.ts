import { problemRow } from '@shenpi/sdk/contract/problems'
import { drawUuid } from '../entropy/draw-secret.ts'
import { changeAccount } from '../journal/change-account.ts'
import { Problem } from '../problem.ts'
import { getApplication } from './application.store.ts'
import { toApplicationId } from './application-id.ts'
import { confirmBulk, findBulkDecision, insertBulkDecision, refuseBulk, undoBulk } from './bulk-decision.store.ts'
import { type BulkDecision, type ChosenApplication, refuseOthersUndo } from './bulk-decision.ts'
import { sendBack } from './carry-out-decision.ts'
import { type BulkAsked, type PreviewedApplication, previewBulk, refusalOf } from './preview-bulk.ts'
import type { Review } from './review.ts'
import { judge, keep } from './review-stages.ts'
import { scheduledDecisionQueue } from './scheduled-decision.queue.ts'
import type { Undoer } from './scheduled-decision.ts'
import { actorKeyOf } from './second-opinion.ts'

/** The longest that preparing may take, after which none of it counts. Unit: milliseconds. */
const PREPARE_MS = 60_000

/**
 * Decide many applications, all of them or none. A transaction changes one account, so each account keeps its part as
 * decisions that wait, and one row says whether they count: it is confirmed when all are kept.
 *
 * @throws Problem `bulk.refused` when one of them is refused: none was decided then; what `previewBulk` throws
 */
export async function decideInBulk(
  review: Review,
  chosen: readonly ChosenApplication[],
  asked: BulkAsked,
): Promise<BulkDecision> {
  const { kind, items } = await previewBulk(review, chosen, asked)
  refuseRefused(items)
  const { db, clock } = review
  const now = clock.machine()
  const { move, reason, fields = [], actor } = asked
  const bulk: BulkDecision = {
    ...{ bulkId: drawUuid(), state: 'preparing', kind, move, reason, fields, actor, actorKey: actorKeyOf(asked) },
    applications: chosen.map(({ accountId, applicationNo }) => ({ accountId, applicationNo })),
    decidedAt: clock.installation(),
    dueAt: new Date(now + PREPARE_MS),
  }
  const undoMs = asked.delay ? review.policy().undoMs : 0
  await insertBulkDecision(db, bulk)
  try {
    for (const part of byAccount(chosen)) await keepPart(review, part, asked, bulk, undoMs)
  } catch (error) {
    await refuseBulk(db, bulk.bulkId)
    await release(review, bulk)
    throw error
  }
  const dueAt = new Date(clock.machine() + undoMs)
  if (!(await confirmBulk(db, bulk.bulkId, clock.machine(), dueAt))) {
    await release(review, bulk)
    throw new Problem('account.busy')
  }
  for (const { accountId } of chosen) scheduledDecisionQueue.wake(db, accountId)
  return { ...bulk, state: 'waiting', dueAt }
}

const byAccount = (chosen: readonly ChosenApplication[]) => [...Map.groupBy(chosen, (one) => one.accountId).values()]

/** Keep what is decided of one account. */
async function keepPart(
  review: Review,
  part: readonly ChosenApplication[],
  { delay: _, ...asked }: BulkAsked,
  { bulkId }: BulkDecision,
  undoMs: number,
): Promise<void> {
  const [{ accountId } = { accountId: 0 }] = part
  await changeAccount(review.db, accountId, async (account) => {
    const at = review.clock.now(accountId)
    for (const { version, ...key } of part) {
      try {
        const decision = { ...asked, version, at }
        const before = await getApplication(account.trx, key)
        const { leadsTo } = await judge(review, account, before, decision)
        const dueAt = new Date(review.clock.due(accountId) + undoMs)
        await keep(account, before, decision, { leadsTo, dueAt, bulkId })
      } catch (error) {
        refuseRefused([{ ...key, leadsTo: undefined, refusal: refusalOf(error) }])
      }
    }
  })
}

/** @throws Problem `bulk.refused` */
function refuseRefused(items: readonly PreviewedApplication[]): void {
  const refused = items.flatMap(({ refusal, ...key }) => {
    if (!refusal) return []
    const { code, detail } = refusal
    return [{ id: toApplicationId(key), code, title: problemRow(code).message, detail }]
  })
  if (refused.length === 0) return
  const [first] = refused
  const detail = `${refused.length} of them, as ${first?.id}: ${first?.title}`
  throw new Problem('bulk.refused', detail, undefined, { items: refused })
}

/** Send all applications of one that does not count back to the queue; what is missed here the worker does. */
async function release(review: Review, { applications, bulkId, decidedAt }: BulkDecision): Promise<void> {
  for (const key of applications) await sendBack(review, { ...key, bulkId, decidedAt }, 'undone')
}

/** @throws Problem `bulk.unknown` */
export async function getBulkDecision({ db }: Review, bulkId: string): Promise<BulkDecision> {
  const bulk = await findBulkDecision(db, bulkId)
  if (!bulk) throw new Problem('bulk.unknown')
  return bulk
}

/**
 * Take all of a bulk decision back, until it takes effect.
 *
 * @throws Problem `bulk.unknown`, `decision.none_scheduled`, `decision.not_yours`
 */
export async function undoBulkDecision(review: Review, bulkId: string, by: Undoer): Promise<BulkDecision> {
  const bulk = await getBulkDecision(review, bulkId)
  refuseOthersUndo(bulk, by)
  if (!(await undoBulk(review.db, bulkId, review.clock.machine()))) throw new Problem('decision.none_scheduled')
  await release(review, bulk)
  return { ...bulk, state: 'undone' }
}
