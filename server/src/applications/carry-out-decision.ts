import { changeAccount } from '../journal/change-account.ts'
import { Problem } from '../problem.ts'
import type { ApplicationKey } from './application-id.ts'
import { concludeBulk, findBulkDecision } from './bulk-decision.store.ts'
import { changeByDecision } from './decide-within.ts'
import { isBarred } from './is-barred.ts'
import { listOpinions } from './opinion.store.ts'
import { UnreadablePayload } from './payload.ts'
import type { Review } from './review.ts'
import { carryOut, judgeWaiting } from './review-stages.ts'
import { endScheduledDecision, findScheduledDecision, postponeDecision, saveStage } from './scheduled-decision.store.ts'
import { decisionOf, type Refusal, type ScheduledDecision, stageAfter } from './scheduled-decision.ts'

/** How often a part of a bulk decision asks whether all of it is prepared. Unit: milliseconds. */
const PREPARING_LOOK_MS = 500

/**
 * Let a decision take effect that is due. What refuses it now sends the application back to the queue, where its reviewer is
 * told; anything else is a fault, and the job comes back when its lease ends.
 */
export async function carryOutDecision(review: Review, job: ScheduledDecision): Promise<void> {
  if (job.bulkId !== null && !(await isBulkDue(review, job, job.bulkId))) return
  // An account that was taken over must not go on deciding for a minute.
  if (await isBarred(review, job.actorKey)) {
    return await sendBack(review, job, 'refused', { code: 'decision.decider_barred', detail: null })
  }
  try {
    await changeByDecision(review, job, job, async (account, { pictures: _, ...before }) => {
      const scheduled = await findScheduledDecision(account.trx, job)
      if (!isDue(review, scheduled)) return before
      const decision = decisionOf(scheduled, review.clock.now(job.accountId))
      const judged = await judgeWaiting(review.policy(), account.trx, before, decision)
      await endScheduledDecision(account.trx, job, 'effective')
      return await carryOut(review, account, before, decision, judged)
    })
  } catch (error) {
    const refusal = refusalIn(error)
    if (!refusal) throw error
    await sendBack(review, job, 'refused', refusal)
  }
}

/** It may have been taken back, or taken effect, while it waited for the account. */
const isDue = ({ clock }: Review, scheduled: ScheduledDecision | undefined): scheduled is ScheduledDecision =>
  scheduled?.state === 'waiting' && scheduled.dueAt.getTime() <= clock.due(scheduled.accountId)

/** Whether the bulk decision that a job is a part of counts: its row is asked, and told that it cannot be taken back any more. */
async function isBulkDue(review: Review, job: ScheduledDecision, bulkId: string): Promise<boolean> {
  const { db, clock } = review
  const now = clock.machine()
  const bulk = await concludeBulk(db, bulkId, clock.isMoved ? await lastMomentOf(review, bulkId, now) : now)
  if (bulk?.state === 'effective') return true
  // The row's time is the account's, the bulk decision's the machine's.
  const postpone = (ms: number) => postponeDecision(db, job, new Date(clock.due(job.accountId) + ms))
  if (bulk?.state === 'waiting') await postpone(bulk.dueAt.getTime() - now)
  else if (bulk?.state === 'preparing') await postpone(PREPARING_LOOK_MS)
  else await sendBack(review, job, 'undone')
  return false
}

/** In a sandbox the account whose time comes first says so for all: the machine's may be far from it. */
async function lastMomentOf({ db }: Review, bulkId: string, now: number): Promise<number> {
  const bulk = await findBulkDecision(db, bulkId)
  return bulk?.state === 'waiting' ? Math.max(now, bulk.dueAt.getTime()) : now
}

/** What can be mended by somebody; a busy account is tried again. */
export function refusalIn(error: unknown): Refusal | undefined {
  if (error instanceof UnreadablePayload) return { code: 'system.unavailable', detail: error.message }
  if (!(error instanceof Problem) || error.code === 'account.busy' || error.code === 'system.unavailable')
    return undefined
  return { code: error.code, detail: error.detail ?? null }
}

type Told = Pick<ScheduledDecision, 'bulkId' | 'decidedAt'>

/** The parts of a bulk decision are dated by their accounts. */
const isSame = (one: Told, other: Told) =>
  one.bulkId === other.bulkId && (one.bulkId !== null || one.decidedAt.getTime() === other.decidedAt.getTime())

/**
 * End a decision without effect: the application goes back to the queue.
 *
 * @param of the decision, in whose place another may have been made meanwhile
 */
export async function sendBack(
  { db, clock }: Review,
  of: ApplicationKey & Told,
  state: 'undone' | 'refused',
  refusal?: Refusal,
): Promise<void> {
  const key = { accountId: of.accountId, applicationNo: of.applicationNo }
  await changeAccount(db, key.accountId, async (account) => {
    const { trx } = account
    const scheduled = await findScheduledDecision(trx, key)
    if (scheduled?.state !== 'waiting' || !isSame(scheduled, of)) return
    await endScheduledDecision(trx, key, state, refusal)
    await saveStage(trx, key, refusal ? 'refused' : stageAfter(await listOpinions(trx, key)))
    const { actor, move, bulkId } = scheduled
    const detail = { move, ...(bulkId !== null && { bulk: bulkId }), ...(refusal && { refusal }) }
    const action = refusal ? 'application.decision_refused' : 'application.undo'
    account.append({ at: clock.now(key.accountId), actor, action, applicationNo: key.applicationNo, detail })
  })
}
