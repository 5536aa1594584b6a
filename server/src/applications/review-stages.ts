import { fieldValue, findField } from '@shenpi/sdk/contract/kind-fields'
import type { DecisionResult, KindName } from '@shenpi/sdk/contract/states'
import type { AccountChange } from '../journal/account-change.ts'
import { Problem } from '../problem.ts'
import { saveDecision } from './application.store.ts'
import { type Application, assertOpen, type Decision, decide, type Opinion } from './application.ts'
import { findClaim } from './claim.store.ts'
import { refuseClaimed } from './claim.ts'
import { decideNow } from './decide-within.ts'
import { insertOpinion, listOpinions } from './opinion.store.ts'
import type { Review } from './review.ts'
import { findScheduledDecision, saveScheduledDecision, saveStage } from './scheduled-decision.store.ts'
import { refuseScheduled, type ScheduledDecision, schedule } from './scheduled-decision.ts'
import { actorKeyOf, needsTwo, resultOf } from './second-opinion.ts'

/** What a decision would come to, and the opinions that were given before. */
export interface Judged {
  leadsTo: DecisionResult
  opinions: readonly Opinion[]
}

/** Decide by all that can stand between a decision and its outcome: claims, another opinion, the time to take it back. */
export async function decideInStages(
  review: Review,
  account: AccountChange,
  before: Application,
  decision: Decision,
  delay: boolean,
): Promise<Application> {
  const judged = await judge(review, account, before, decision)
  const { undoMs } = review.policy()
  if (!delay || undoMs === 0) return await carryOut(review, account, before, decision, judged)
  const dueAt = new Date(review.clock.due(before.accountId) + undoMs)
  await keep(account, before, decision, { leadsTo: judged.leadsTo, dueAt, bulkId: null })
  return { ...before, stage: 'scheduled', claim: null }
}

/**
 * What a decision would come to now.
 *
 * @throws Problem what refuses it
 */
export async function judge(
  { clock, policy }: Review,
  { trx }: AccountChange,
  before: Application,
  decision: Decision,
): Promise<Judged> {
  assertOpen(before)
  if (before.stage === 'scheduled') refuseScheduled(await findScheduledDecision(trx, before))
  if (before.claim && !decision.override) {
    refuseClaimed(await findClaim(trx, before, clock.machine()), actorKeyOf(decision))
  }
  return await judgeWaiting(policy(), trx, before, decision)
}

/** The same for a decision that has waited: nobody else could decide meanwhile. */
export async function judgeWaiting(
  policy: ReturnType<Review['policy']>,
  trx: AccountChange['trx'],
  before: Application,
  decision: Decision,
): Promise<Judged> {
  const opinions = before.stage === 'open' ? [] : await listOpinions(trx, before)
  decide(before, decision, opinions)
  refuseUnknownFields(before.kind, decision.fields ?? [])
  return { leadsTo: resultOf(decision, opinions, needsTwo(policy, before, numberIn)), opinions }
}

/** Give the outcome, or keep the first opinion. */
export async function carryOut(
  review: Review,
  account: AccountChange,
  before: Application,
  decision: Decision,
  { leadsTo, opinions }: Judged,
): Promise<Application> {
  if (leadsTo === 'outcome') return await decideNow(review, account, before, decision, opinions)
  const { applicationNo, version } = before
  const { actor, at, reason: note } = decision
  const actorKey = actorKeyOf(decision)
  const opinionNo = opinions.length + 1
  const after = { ...before, version: version + 1, stage: 'second_opinion' as const, claim: null }
  await saveDecision(account.trx, before, after)
  await insertOpinion(account.trx, before, { opinionNo, move: 'approve', actorKey, actor, note, at })
  const detail = { move: decision.move, note, version: after.version }
  account.append({ at, actor, action: 'application.opinion', applicationNo, detail })
  return after
}

/** Keep a decision until it is due. */
export async function keep(
  account: AccountChange,
  before: Application,
  decision: Decision,
  how: Pick<ScheduledDecision, 'leadsTo' | 'dueAt' | 'bulkId'>,
): Promise<void> {
  const scheduled = schedule(before, decision, how)
  await saveScheduledDecision(account.trx, scheduled)
  await saveStage(account.trx, before, 'scheduled')
  const { move, reason, fields = [], actor, at } = decision
  const ofBulk = how.bulkId === null ? {} : { bulk: how.bulkId }
  const detail = { move, reason, fields, until: how.dueAt.toISOString(), ...ofBulk }
  account.append({ at, actor, action: 'application.schedule', applicationNo: before.applicationNo, detail })
}

/** @throws Problem `field.unknown` */
export function refuseUnknownFields(kind: KindName, fields: readonly string[]): void {
  const unknown = fields.find((name) => !findField(kind, name))
  if (unknown !== undefined) throw new Problem('field.unknown', `${kind} has no field ${unknown}.`)
}

/** The number in a field of an application, if it is one. */
export function numberIn({ kind, payload }: Pick<Application, 'kind' | 'payload'>, name: string): number | undefined {
  const field = findField(kind, name)
  const value = field && fieldValue(field, payload)
  return typeof value === 'number' ? value : undefined
}
