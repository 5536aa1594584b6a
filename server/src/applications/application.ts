import type { ApplicationState, KindName, Move, ReviewStage } from '@shenpi/sdk/contract/states'
import { placesIn, REASON_MAX_WEIGHT, REASON_PLACES, weightOf } from '@shenpi/sdk/contract/text'
import { Problem } from '../problem.ts'

export interface Application<Payload = unknown> {
  accountId: number
  /** Counts up within the account. */
  applicationNo: number
  kind: KindName
  subject: string
  state: ApplicationState
  /** What was applied for; its shape is the kind's, unknown until the kind has read it. */
  payload: Payload
  /** Counts up with every change. */
  version: number
  appliedAt: Date
  dueAt: Date
  decidedAt: Date | null
  decidedBy: string | null
  reason: string
  resubmissionOf: number | null
  /** Where the review stands, while it is under review. */
  stage: ReviewStage
  /** Who claimed it last, if its claim was not given up: it may have run out. */
  claim: Claim | null
  /** The fields that its rejection names. */
  rejectedFields: readonly string[]
}

/** Who is at an application, so that nobody else decides it. */
export interface Claim {
  /** What tells actors apart. */
  actorKey: string
  name: string
  /** By the time that all servers share. */
  until: Date
}

/** An approval that needs another one. */
export interface Opinion {
  opinionNo: number
  move: 'approve'
  /** What tells actors apart. */
  actorKey: string
  actor: string
  note: string
  at: Date
}

/** An application as it is submitted. */
export function newApplication<Payload>(
  submitted: Omit<Application<Payload>, keyof typeof UNDECIDED>,
): Application<Payload> {
  return { ...submitted, ...UNDECIDED }
}

const UNDECIDED = {
  state: 'under_review',
  version: 1,
  decidedAt: null,
  decidedBy: null,
  reason: '',
  stage: 'open',
  claim: null,
  rejectedFields: [],
} as const

export type Outcome = Exclude<ApplicationState, 'under_review'>

/** An application with an outcome. */
export type DecidedApplication<Payload = unknown, State extends Outcome = Outcome> = State extends Outcome
  ? Application<Payload> & { state: State; decidedAt: Date; decidedBy: string }
  : never

export interface Decision {
  move: Move
  /** Who decided: `staff:NAME`, `quick_review`, `sandbox`. */
  actor: string
  /** Why. A rejection needs one. */
  reason: string
  at: Date
  /** The version that the decider looked at; absent where the decider cannot have seen an older one. */
  version?: number
  /** What tells the actor from every other, where somebody decides who signed in or has a key. */
  actorKey?: string
  /** The fields that a rejection is about. */
  fields?: readonly string[]
  /** The reason of the library that the text was made from. */
  template?: ReasonTemplate
  /** Although somebody else has claimed it. */
  override?: boolean
}

/** A reason of the library, in the version that was taken. */
export interface ReasonTemplate {
  reasonNo: number
  version: number
  /** Of the applications that it is for. */
  kind: KindName
}

/** The moves open in each state, and where each one leads. A state without moves is final. */
export const MOVES = {
  under_review: { approve: 'approved', reject: 'rejected' },
  approved: {},
  rejected: {},
} as const satisfies Readonly<Record<ApplicationState, Partial<Record<Move, Outcome>>>>

/** A letter, a digit or a sign: blanks and characters that nobody sees say nothing. */
const VISIBLE = /[\p{L}\p{N}\p{P}\p{S}]/u

/**
 * Apply a decision.
 *
 * @param opinions given before, of which one who comes too late is told
 * @throws Problem `application.closed` when the application already has an outcome.
 * @throws Problem `application.changed` when the decider looked at another version.
 * @throws Problem what is wrong with its reason
 */
export function decide<Payload>(
  application: Application<Payload>,
  decision: Decision,
  opinions: readonly Opinion[] = [],
): DecidedApplication<Payload> {
  assertOpen(application)
  if (decision.version !== undefined && decision.version !== application.version) {
    const detail = `It is at version ${application.version}.`
    throw new Problem('application.changed', detail, undefined, { application: toMember(application, opinions.at(-1)) })
  }
  assertReason(application, decision)
  return {
    ...application,
    state: MOVES[application.state][decision.move],
    version: application.version + 1,
    decidedAt: decision.at,
    decidedBy: decision.actor,
    reason: decision.reason,
    stage: 'open',
    claim: null,
    rejectedFields: decision.move === 'reject' ? (decision.fields ?? []) : [],
  }
}

/** @throws Problem `decision.reason_required`, `decision.reason_too_long`, `decision.reason_unfilled`, `reason.unknown` */
function assertReason({ kind }: Pick<Application, 'kind'>, decision: Decision): void {
  const problem = whyNoReason(decision)
  if (problem) throw problem
  const { template } = decision
  if (template && template.kind !== kind) {
    throw new Problem('reason.unknown', `Reason ${template.reasonNo} is for ${template.kind}.`)
  }
}

/** What is wrong with the reason of a decision, whatever it is about; undefined: nothing. */
export function whyNoReason({ move, reason }: Pick<Decision, 'move' | 'reason'>): Problem | undefined {
  if (move === 'reject' && !VISIBLE.test(reason)) return new Problem('decision.reason_required')
  if (weightOf(reason) > REASON_MAX_WEIGHT) return new Problem('decision.reason_too_long')
  const unfilled = placesIn(reason).find((place) => REASON_PLACES.includes(place))
  return unfilled === undefined ? undefined : new Problem('decision.reason_unfilled', `{${unfilled}}`)
}

/** @throws Problem `application.closed` when it has an outcome. */
export function assertOpen<A extends Application>(
  application: A,
): asserts application is A & { state: 'under_review' } {
  if (application.state === 'under_review') return
  const detail = `It was ${application.state} by ${application.decidedBy}.`
  throw new Problem('application.closed', detail, undefined, { application: toMember(application) })
}

/** What the page of a reviewer is told who comes too late. */
const toMember = ({ state, stage, version, decidedBy, decidedAt, reason }: Application, opinion?: Opinion) => ({
  state,
  stage: state === 'under_review' ? stage : null,
  version,
  decided_by: decidedBy,
  decided_at: decidedAt?.toISOString() ?? null,
  reason,
  opinion: opinion ? { by: opinion.actor, at: opinion.at.toISOString(), move: opinion.move } : null,
})
