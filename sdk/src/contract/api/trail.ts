import type { Static } from '@sinclair/typebox'
import { byAppid, byId, endpoint, Nullable, Page, paging, Time } from '../endpoint.ts'
import { OneOf, Type } from '../schema.ts'
import { TRAIL_FAULTS, VERIFICATION_STATES } from '../states.ts'
import { STORABLE } from '../text.ts'

const Entry = Type.Object({
  entry_no: Type.Integer({ description: 'Counts up within its trail, without a gap.' }),
  application: Nullable(Type.String({ description: 'The application that it was done to.' })),
  at: Time,
  actor: Type.String({ description: 'Who did it: `staff:NAME`, `key:NAME`, `merchant`, …' }),
  action: Type.String({ description: 'What was done, `noun.verb`.' }),
  detail: Type.Unknown({ description: 'Its shape is the action’s.' }),
  hash: Type.String({ description: 'Over the entry before and all of this one.' }),
})

const period = {
  from: Type.Optional(Type.String({ format: 'date-time', description: 'Nothing from before it.' })),
  to: Type.Optional(Type.String({ format: 'date-time', description: 'Nothing from then on.' })),
}

const ofAccount = { appid: Type.Optional(byAppid.properties.appid) }

const filters = {
  ...paging,
  ...period,
  actor: Type.Optional(Type.String({ maxLength: 128, pattern: STORABLE })),
  action: Type.Optional(Type.String({ maxLength: 64, pattern: STORABLE })),
}

const Verification = Type.Object({
  state: OneOf(VERIFICATION_STATES),
  started_at: Time,
  started_by: Type.String(),
  finished_at: Nullable(Time),
  accounts: Type.Integer({ description: 'Whose trails were read to their ends.' }),
  entries: Type.Integer({ description: 'That were read.' }),
  installation_entry_no: Type.Integer({ description: 'How far the installation’s own trail was verified.' }),
  faults: Type.Array(
    Type.Object({
      appid: Nullable(Type.String({ description: 'Null: the installation’s own trail.' })),
      entry_no: Type.Integer({ description: 'From which entry on it is broken.' }),
      fault: OneOf(TRAIL_FAULTS),
    }),
    { description: 'The first of each broken trail, at most 100.' },
  ),
})

const TrailKey = Type.Object({
  kty: Type.Literal('OKP'),
  crv: Type.Literal('Ed25519'),
  x: Type.String({ description: 'The public key, as a JSON Web Key has it (RFC 8037).' }),
})

export const trailEndpoints = {
  listTrail: endpoint({
    method: 'GET',
    path: '/trail',
    access: 'trail.read',
    summary:
      'List the trail of an account, or of what belongs to none, the newest entry first. A page may be empty and go on',
    query: Type.Object({ ...filters, ...ofAccount }),
    answer: Page(Entry),
    problems: ['account.unknown'],
  }),
  listApplicationTrail: endpoint({
    method: 'GET',
    path: '/applications/{id}/trail',
    access: 'application.read',
    summary: 'List what was done to an application, the newest first. A page may be empty and go on',
    params: byId,
    query: Type.Object(paging),
    answer: Page(Entry),
    problems: ['application.unknown'],
  }),
  getTrailVerification: endpoint({
    method: 'GET',
    path: '/trail/verification',
    access: 'trail.read',
    summary: 'Tell when all trails were verified last, and by whom',
    answer: Type.Object({ last: Nullable(Verification), running: Nullable(Verification) }),
  }),
  verifyTrail: endpoint({
    method: 'POST',
    path: '/trail/verification',
    access: 'trail.verify',
    summary: 'Verify all trails for about a second, and go on where the call before ended: call it until it has ended',
    answer: Verification,
  }),
  getTrailKey: endpoint({
    method: 'GET',
    path: '/trail/key',
    access: 'public',
    summary: 'Read the public key by which exports of the trail are signed',
    answer: TrailKey,
  }),
  exportTrail: endpoint({
    method: 'GET',
    path: '/trail/export',
    access: 'trail.export',
    summary: 'Export the trail of an account, or of what belongs to none, as a signed file of JSON lines',
    query: Type.Object({ ...period, ...ofAccount }),
    produces: 'application/x-ndjson',
    answer: Type.Unknown({ description: 'See docs/decisions/0036-trail-export.md.' }),
    problems: ['account.unknown', 'export.too_many'],
  }),
}

export type ApiTrailVerification = Static<typeof Verification>
export type ApiTrailKey = Static<typeof TrailKey>
export type ApiTrailEntry = Static<typeof Entry>
