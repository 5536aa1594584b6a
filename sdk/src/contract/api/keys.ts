import type { Static } from '@sinclair/typebox'
import { endpoint, Nullable, Page, paging, Time } from '../endpoint.ts'
import { OneOf, Type } from '../schema.ts'
import { ROLES } from '../states.ts'
import { STORABLE } from '../text.ts'

const byName = Type.Object({
  name: Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$', description: 'Unique for good.' }),
})

export const Roles = Type.Array(OneOf(ROLES), { minItems: 1, maxItems: ROLES.length, uniqueItems: true })

const Maker = Type.String({ maxLength: 100, pattern: STORABLE, description: 'As the trail names them, as staff:Li.' })

const Key = Type.Object({
  ...byName.properties,
  roles: Roles,
  created_at: Time,
  created_by: Type.String({ description: 'As the trail names them; `server`: made at a first start.' }),
  ends_at: Nullable(Time),
  last_used_at: Nullable(Type.String({ format: 'date-time', description: 'To about five minutes.' })),
  revoked_at: Nullable(Time),
})

export const keyEndpoints = {
  listKeys: endpoint({
    method: 'GET',
    path: '/keys',
    access: 'key.read',
    summary: 'List the keys of the native API by their names, revoked ones too',
    query: Type.Object({ ...paging, created_by: Type.Optional(Maker) }),
    answer: Page(Key),
  }),
  createKey: endpoint({
    method: 'POST',
    path: '/keys',
    access: 'key.change',
    summary: 'Make a key of the native API; the answer shows it this once',
    status: 201,
    body: Type.Object({
      ...byName.properties,
      roles: Roles,
      ends_at: Type.Optional(Time),
    }),
    answer: Type.Composite([Key, Type.Object({ key: Type.String({ description: 'Shown this once.' }) })]),
    problems: ['key.name_taken', 'key.end_past', 'key.role_not_own', 'session.not_recent'],
  }),
  revokeKey: endpoint({
    method: 'DELETE',
    path: '/keys/{name}',
    access: 'key.change',
    summary: 'Revoke a key: it ends at once, at other servers within three seconds',
    params: byName,
    answer: Key,
    problems: ['key.unknown'],
  }),
}

export type ApiKeyDetails = Static<typeof Key>
