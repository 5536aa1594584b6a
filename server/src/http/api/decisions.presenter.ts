import type { ApiClaim, ApiOpinion, ApiScheduledDecision } from '@shenpi/sdk/contract/api'
import { problemRow } from '@shenpi/sdk/contract/problems'
import type { Application, Claim, Opinion } from '../../applications/application.ts'
import type { ScheduledDecision } from '../../applications/scheduled-decision.ts'

/** @param actorKey of who asks */
export const toClaim = (claim: Claim, actorKey: string): ApiClaim => ({
  by: claim.name,
  mine: claim.actorKey === actorKey,
  until: claim.until.toISOString(),
})

/** Whoever can still choose does not see what those before thought: a choice that can be taken back is none. */
export function toOpinions({ state }: Application, opinions: readonly Opinion[], actorKey: string): ApiOpinion[] {
  return opinions.map(({ actor, actorKey: key, move, at, note }) => {
    const mine = key === actorKey
    return { by: actor, mine, move, at: at.toISOString(), note: mine || state !== 'under_review' ? note : null }
  })
}

/** The decision that waits, or why the last one had no effect: null where neither matters any more. */
export function toScheduled(
  { state, stage }: Application,
  scheduled: ScheduledDecision | undefined,
  actorKey: string,
): ApiScheduledDecision | null {
  if (!scheduled || state !== 'under_review') return null
  const matters = scheduled.state === 'waiting' || (scheduled.state === 'refused' && stage === 'refused')
  if (!matters) return null
  const mine = scheduled.actorKey === actorKey
  const { refusal } = scheduled
  return {
    move: scheduled.move,
    by: scheduled.actor,
    mine,
    reason: mine || scheduled.leadsTo === 'outcome' ? scheduled.reason : null,
    fields: [...scheduled.fields],
    decided_at: scheduled.decidedAt.toISOString(),
    until: scheduled.dueAt.toISOString(),
    leads_to: scheduled.leadsTo,
    bulk: scheduled.bulkId,
    state: scheduled.state,
    refusal: refusal && { code: refusal.code, title: problemRow(refusal.code).message },
  }
}
