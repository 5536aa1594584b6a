import type { ProblemCode } from '@shenpi/sdk/contract/problems'
import type { DecisionResult, Move, ReviewStage, ScheduledState } from '@shenpi/sdk/contract/states'
import { Problem } from '../problem.ts'
import type { Application, Decision, Opinion, ReasonTemplate } from './application.ts'
import { actorKeyOf } from './second-opinion.ts'

/** A decision that takes effect when it is due, and can be taken back until then. */
export interface ScheduledDecision {
  accountId: number
  applicationNo: number
  state: ScheduledState
  move: Move
  reason: string
  fields: readonly string[]
  template: ReasonTemplate | null
  override: boolean
  /** Of the application, when it was decided. */
  version: number
  actorKey: string
  actor: string
  decidedAt: Date
  leadsTo: DecisionResult
  /** The bulk decision that says whether this one counts. */
  bulkId: string | null
  refusal: Refusal | null
  /** Of the machine's time. */
  dueAt: Date
}

/** Why a decision had no effect when it was due. */
export interface Refusal {
  code: ProblemCode
  detail: string | null
}

/** @param dueAt of the machine's time */
export function schedule(
  application: Application,
  decision: Decision,
  how: { leadsTo: DecisionResult; dueAt: Date; bulkId: string | null },
): ScheduledDecision {
  const { accountId, applicationNo, version } = application
  const { move, reason, fields = [], template = null, override = false, actor, at } = decision
  const actorKey = actorKeyOf(decision)
  const decided = { move, reason, fields, template, override, version, actorKey, actor, decidedAt: at }
  return { accountId, applicationNo, state: 'waiting', ...decided, ...how, refusal: null }
}

/** The decision, as it takes effect. */
export function decisionOf(scheduled: ScheduledDecision, at: Date): Decision {
  const { move, reason, fields, template, override, version, actorKey, actor } = scheduled
  return { move, reason, fields, ...(template && { template }), override, version, actorKey, actor, at }
}

/** The stage of an application on which no decision waits any more. */
export const stageAfter = (opinions: readonly Opinion[]): ReviewStage =>
  opinions.length > 0 ? 'second_opinion' : 'open'

/** What the page of a reviewer is told, whose decision comes behind it. */
export const toMember = ({ move, actor, decidedAt, dueAt, bulkId }: ScheduledDecision) => ({
  move,
  by: actor,
  decided_at: decidedAt.toISOString(),
  until: dueAt.toISOString(),
  bulk: bulkId,
})

/** @throws Problem `decision.scheduled` */
export function refuseScheduled(scheduled: ScheduledDecision | undefined): void {
  if (scheduled?.state !== 'waiting') return
  const detail = `${scheduled.actor} decided: ${scheduled.move}.`
  throw new Problem('decision.scheduled', detail, undefined, { scheduled: toMember(scheduled) })
}

/** Who takes a decision back. */
export interface Undoer {
  actor: string
  actorKey: string
  /** Whether it may take back what others decided. */
  ofOthers: boolean
}

/**
 * Until its last moment, and never after.
 *
 * @param now of the machine's time, read after the account was locked
 * @throws Problem `decision.none_scheduled`, `decision.not_yours`
 */
export function assertUndoable(
  scheduled: ScheduledDecision | undefined,
  by: Undoer,
  now: number,
): asserts scheduled is ScheduledDecision {
  if (scheduled?.state !== 'waiting' || scheduled.dueAt.getTime() <= now) throw new Problem('decision.none_scheduled')
  if (scheduled.bulkId !== null) {
    const detail = `It is a part of bulk decision ${scheduled.bulkId}, which is taken back as a whole.`
    throw new Problem('decision.none_scheduled', detail, undefined, { scheduled: toMember(scheduled) })
  }
  if (by.ofOthers || scheduled.actorKey === by.actorKey) return
  throw new Problem('decision.not_yours', `${scheduled.actor} decided.`, undefined, { scheduled: toMember(scheduled) })
}
