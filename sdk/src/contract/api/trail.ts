import type { Static } from '@sinclair/typebox'
import { byAppid, byId, endpoint, Nullable, Page, paging, Time } from '../endpoint.ts'
import { Type } from '../schema.ts'
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

const filters = {
  ...paging,
  actor: Type.Optional(Type.String({ maxLength: 128, pattern: STORABLE })),
  action: Type.Optional(Type.String({ maxLength: 64, pattern: STORABLE })),
}

export const trailEndpoints = {
  listTrail: endpoint({
    method: 'GET',
    path: '/trail',
    access: 'trail.read',
    summary:
      'List the trail of an account, or of what belongs to none, the newest entry first. A page may be empty and go on',
    query: Type.Object({ ...filters, appid: Type.Optional(byAppid.properties.appid) }),
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
}

export type ApiTrailEntry = Static<typeof Entry>
