import type {
  ApplicationPictureState,
  ApplicationState,
  BulkState,
  DecisionResult,
  KindName,
  Move,
  ReviewStage,
  ScheduledState,
} from '@shenpi/sdk/contract/states'
import type { Generated } from 'kysely'
import type { Fixed, Json, Time } from './columns.ts'

type Outcome = Exclude<ApplicationState, 'under_review'>

/** The tables of applications, and of what stands between them and their outcome. */
export interface ApplicationTables {
  application: {
    account_id: number
    application_no: Fixed<number>
    kind: Fixed<KindName>
    /** At most one application may be open for it. */
    subject: Fixed<string>
    state: ApplicationState
    payload: Fixed<Json>
    version: number
    applied_at: Fixed<Time>
    due_at: Time
    decided_at: Time | null
    decided_by: string | null
    reason: string
    /** The rejected application that this one resubmits. */
    resubmission_of: Fixed<number | null>
    /** Where the review stands, while it is under review. */
    stage: Generated<ReviewStage>
    /** Who has claimed it, by what tells actors apart, and by name; until when, by the time that all servers share. */
    claimed_by: Generated<string | null>
    claimed_name: Generated<string | null>
    claimed_until: Generated<Time>
    /** JSON array of the fields that its rejection names. */
    rejected_fields: Generated<Json | null>
  }
  /** Decisions of an account on a day, for the dashboard. */
  decision_day: {
    account_id: number
    /** Days since 1970-01-01 in UTC+8. */
    day: Fixed<number>
    kind: Fixed<KindName>
    outcome: Fixed<Outcome>
    actor: Fixed<string>
    /** A class of how long they took; -1: unknown. */
    speed: Fixed<number>
    decided: number
    /** Those after their due time. */
    late: number
  }
  application_picture: {
    account_id: number
    application_no: Fixed<number>
    field: Fixed<string>
    position: Fixed<number>
    /** As it was submitted. */
    reference: Fixed<string>
    state: ApplicationPictureState
    link_key: string | null
    failure: string | null
    attempts: number
    due_at: Time
    leased_until: Time
  }
  /** An approval that needs another one. */
  application_opinion: {
    account_id: number
    application_no: Fixed<number>
    opinion_no: Fixed<number>
    move: Fixed<Move>
    /** What tells actors apart. */
    actor_key: Fixed<string>
    actor: Fixed<string>
    note: Fixed<string>
    at: Fixed<Time>
  }
  application_note: {
    account_id: number
    application_no: Fixed<number>
    note_no: Fixed<number>
    actor: Fixed<string>
    at: Fixed<Time>
    text: Fixed<string>
  }
  /** A decision that takes effect when it is due: the last one of each application. */
  scheduled_decision: {
    account_id: number
    application_no: number
    state: ScheduledState
    move: Move
    reason: string
    /** JSON array of the fields that a rejection names. */
    fields: Json
    /** JSON: which reason of the library its text was made from. */
    template: Json | null
    override: 0 | 1
    /** The version that the reviewer looked at. */
    version: number
    actor_key: string
    actor: string
    decided_at: Time
    leads_to: DecisionResult
    /** The bulk decision whose row says whether this one counts. */
    bulk_id: string | null
    /** JSON: why it had no effect. */
    refusal: Json | null
    attempts: number
    due_at: Time
    leased_until: Time
  }
  /** Says whether the scheduled decisions of its applications count. */
  bulk_decision: {
    bulk_id: Fixed<string>
    state: BulkState
    kind: Fixed<KindName>
    move: Fixed<Move>
    reason: Fixed<string>
    fields: Fixed<Json>
    actor_key: Fixed<string>
    actor: Fixed<string>
    /** JSON array of account and number of each application. */
    applications: Fixed<Json>
    decided_at: Fixed<Time>
    /** Until then it is prepared, or can be taken back. By the machine's time. */
    due_at: Time
  }
  /** A decided application that somebody else reviews a second time. */
  decision_sample: {
    account_id: number
    application_no: Fixed<number>
    kind: Fixed<KindName>
    move: Fixed<Move>
    reason_no: Fixed<number | null>
    /** JSON array of who may not review it: who decided, or gave an opinion. */
    decider_keys: Fixed<Json>
    drawn_at: Fixed<Time>
    answered_move: Move | null
    answered_by: string | null
    answered_note: string | null
    answered_at: Time | null
  }
  review_reason: {
    reason_no: Generated<number>
    kind: Fixed<KindName>
    move: Fixed<Move>
    /** Among the reasons of its kind; those of one position go by number. */
    position: Generated<number>
  }
  review_reason_version: {
    reason_no: Fixed<number>
    version: Fixed<number>
    title_zh: Fixed<string>
    title_en: Fixed<string>
    text_zh: Fixed<string>
    text_en: Fixed<string>
    /** JSON array of the fields that it is about. */
    fields: Fixed<Json>
    retired: Fixed<0 | 1>
    actor: Fixed<string>
    at: Fixed<Time>
  }
}
