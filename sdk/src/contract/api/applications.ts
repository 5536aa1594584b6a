import type { Static } from '@sinclair/typebox'
import { byAppid, byId, endpoint, Nullable, Page, paging, Time } from '../endpoint.ts'
import { OneOf, Type } from '../schema.ts'
import { APPLICATION_PICTURE_STATES, APPLICATION_STATES, KIND_NAMES, MOVE_NAMES } from '../states.ts'
import { STORABLE } from '../text.ts'

const ApplicationState = OneOf(APPLICATION_STATES)
const Move = OneOf(MOVE_NAMES)
const Kind = OneOf(KIND_NAMES)

const Picture = Type.Object({
  field: Type.String(),
  position: Type.Integer(),
  reference: Type.String({ description: 'As it was submitted.' }),
  state: OneOf(APPLICATION_PICTURE_STATES),
  url: Nullable(Type.String({ description: 'The permanent link.' })),
  failure: Nullable(Type.String({ description: 'Why the picture is not to be had.' })),
})

export const Application = Type.Object({
  id: Type.String({ description: 'Account and number; `audit_id` is accepted as well.' }),
  audit_id: Type.String({ description: 'The id on the wire of the shop calls.' }),
  apply_id: Type.Integer({ description: 'The id on the wire of the device calls.' }),
  appid: Type.String(),
  kind: Kind,
  state: ApplicationState,
  summary: Type.String(),
  payload: Type.Unknown({ description: 'What was asked for; its shape is the kind’s.' }),
  version: Type.Integer(),
  moves: Type.Array(Move, { description: 'The decisions that are open.' }),
  applied_at: Time,
  due_at: Time,
  overdue: Type.Boolean(),
  due_is_certain: Type.Boolean({ description: 'False where the official holidays of the year are not known yet.' }),
  decided_at: Nullable(Time),
  decided_by: Nullable(Type.String()),
  reason: Type.String(),
  resubmission_of: Nullable(Type.String({ description: 'The rejected application that this one tries again.' })),
})

const ApplicationInFull = Type.Composite([Application, Type.Object({ pictures: Type.Array(Picture) })])

export const applicationEndpoints = {
  listApplications: endpoint({
    method: 'GET',
    path: '/applications',
    summary: 'List applications: those under review the most urgent first, others the newest first',
    query: Type.Object({
      ...paging,
      appid: Type.Optional(byAppid.properties.appid),
      kind: Type.Optional(Kind),
      state: Type.Optional(ApplicationState),
    }),
    answer: Page(Application),
    problems: ['account.unknown'],
  }),
  getApplication: endpoint({
    method: 'GET',
    path: '/applications/{id}',
    summary: 'Read an application; its version is the ETag',
    params: byId,
    answer: ApplicationInFull,
    problems: ['application.unknown'],
  }),
  decideApplication: endpoint({
    method: 'POST',
    path: '/applications/{id}/decision',
    summary: 'Approve or reject an application',
    params: byId,
    conditional: true,
    body: Type.Object({ move: Move, reason: Type.Optional(Type.String({ maxLength: 1000, pattern: STORABLE })) }),
    answer: ApplicationInFull,
    problems: [
      'application.unknown',
      'application.closed',
      'application.changed',
      'application.version_required',
      'decision.reason_required',
      'decision.reason_too_long',
      'device.quota_exceeded',
      'device_quota.ceiling_too_high',
      'shop.not_connected',
    ],
  }),
}

export type ApiApplication = Static<typeof Application>
export type ApiApplicationInFull = Static<typeof ApplicationInFull>
