import type { Static } from '@sinclair/typebox'
import { byAppid, byId, endpoint, Nullable, Page, paging, Time } from '../endpoint.ts'
import { OneOf, Type } from '../schema.ts'
import { APPLICATION_STATES, CLAIM_FILTERS, DUE_FILTERS, KIND_NAMES, REVIEW_STAGES } from '../states.ts'
import { ApplicationPicture } from './application-pictures.ts'
import { Claim } from './claims.ts'
import { decisionBody, FieldNames, Move, Opinion, ScheduledDecision } from './decisions.ts'

/** So many applications are counted behind a filter at most. */
export const COUNTED_APPLICATIONS_MAX = 1000

const ApplicationState = OneOf(APPLICATION_STATES)
const ReviewStage = OneOf(REVIEW_STAGES)
const Kind = OneOf(KIND_NAMES)

export const Application = Type.Object({
  id: Type.String({ description: 'Account and number; `audit_id` is accepted as well.' }),
  audit_id: Type.String({ description: 'The id on the wire of the shop calls.' }),
  apply_id: Type.Integer({ description: 'The id on the wire of the device calls.' }),
  appid: Type.String(),
  account_name: Type.String({ description: 'What the account is called.' }),
  kind: Kind,
  state: ApplicationState,
  summary: Type.String({ description: 'In the language of `Accept-Language`, zh or en.' }),
  payload: Type.Unknown({ description: 'What was asked for; its shape is the kind’s.' }),
  version: Type.Integer(),
  moves: Type.Array(Move, { description: 'The decisions that are open.' }),
  stage: Nullable(OneOf(REVIEW_STAGES, { description: 'Where the review stands; null when it is over.' })),
  claim: Nullable(Claim),
  applied_at: Time,
  due_at: Time,
  overdue: Type.Boolean(),
  due_is_certain: Type.Boolean({ description: 'False where the official holidays of the year are not known yet.' }),
  decided_at: Nullable(Time),
  decided_by: Nullable(Type.String()),
  reason: Type.String(),
  resubmission_of: Nullable(Type.String({ description: 'The rejected application that this one tries again.' })),
})

const ApplicationInFull = Type.Composite([
  Application,
  Type.Object({
    names: Type.Array(Type.Object({ field: Type.String(), name: Type.String() }), {
      description: 'What the ids in the payload are called, by field, where it is known.',
    }),
    pictures: Type.Array(ApplicationPicture),
    rejected_fields: FieldNames,
    approvals_needed: Type.Integer({ description: '2 where the policy asks for the approval of two.' }),
    opinions: Type.Array(Opinion, { description: 'Approvals that need another one, the first one first.' }),
    scheduled: Nullable(ScheduledDecision),
  }),
])

const Count = Type.Integer({ description: `${COUNTED_APPLICATIONS_MAX} stands for more as well.` })

const filters = {
  appid: Type.Optional(byAppid.properties.appid),
  kind: Type.Optional(Kind),
}

export const applicationEndpoints = {
  listApplications: endpoint({
    method: 'GET',
    path: '/applications',
    access: 'application.read',
    summary: 'List applications: those under review the most urgent first, others the newest first',
    query: Type.Object({
      ...paging,
      ...filters,
      state: Type.Optional(ApplicationState),
      due: Type.Optional(OneOf(DUE_FILTERS, { description: 'Of those under review.' })),
      claim: Type.Optional(OneOf(CLAIM_FILTERS, { description: 'Of those under review.' })),
      stage: Type.Optional(ReviewStage),
    }),
    answer: Page(Application),
    problems: ['account.unknown'],
  }),
  countApplications: endpoint({
    method: 'GET',
    path: '/application-counts',
    access: 'application.read',
    summary: 'Count the applications under review behind each filter of the list',
    query: Type.Object(filters),
    answer: Type.Object({
      open: Count,
      due: Type.Object({ overdue: Count, today: Count, later: Count }),
      claim: Type.Object({ mine: Count, free: Count, others: Count }),
      stage: Type.Object({ second_opinion: Count, scheduled: Count, refused: Count }),
    }),
    problems: ['account.unknown'],
  }),
  getApplication: endpoint({
    method: 'GET',
    path: '/applications/{id}',
    access: 'application.read',
    summary: 'Read an application; its version is the ETag',
    params: byId,
    answer: ApplicationInFull,
    problems: ['application.unknown'],
  }),
  decideApplication: endpoint({
    method: 'POST',
    path: '/applications/{id}/decision',
    access: 'application.decide',
    summary: 'Approve or reject an application; the decision of a person waits, and can be taken back meanwhile',
    params: byId,
    conditional: true,
    body: Type.Object(decisionBody),
    answer: ApplicationInFull,
    problems: [
      'application.unknown',
      'application.closed',
      'application.changed',
      'application.version_required',
      'application.claimed',
      'decision.scheduled',
      'decision.reason_required',
      'decision.reason_too_long',
      'decision.reason_unfilled',
      'opinion.same_actor',
      'field.unknown',
      'reason.unknown',
      'device.quota_exceeded',
      'device_quota.ceiling_too_high',
      'shop.not_connected',
    ],
  }),
  undoDecision: endpoint({
    method: 'POST',
    path: '/applications/{id}/undo',
    access: 'application.decide',
    summary: 'Take a decision back that waits to take effect',
    params: byId,
    answer: ApplicationInFull,
    problems: ['application.unknown', 'decision.none_scheduled', 'decision.not_yours', 'account.busy'],
  }),
}

export type ApiApplication = Static<typeof Application>
export type ApiApplicationInFull = Static<typeof ApplicationInFull>
