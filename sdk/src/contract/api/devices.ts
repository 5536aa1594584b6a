import type { Static } from '@sinclair/typebox'
import { byAppid, byId, endpoint, Nullable, Page, paging } from '../endpoint.ts'
import { OneOf, Type } from '../schema.ts'
import { DEVICE_FILTERS } from '../states.ts'
import { STORABLE_WORDS } from '../text.ts'

const Device = Type.Object({
  device_id: Type.Integer(),
  application: Type.String({ description: 'The application that it was given by.' }),
  uuid: Type.String(),
  major: Type.Integer(),
  minor: Type.Integer(),
  comment: Type.String(),
  poi_id: Nullable(Type.Integer()),
  poi_appid: Nullable(Type.String({ description: 'Whose store it is, when it is another account’s.' })),
  page_ids: Type.Array(Type.Integer()),
  last_active_at: Nullable(Type.String({ format: 'date-time', description: 'When it was shaken last.' })),
})

export const deviceEndpoints = {
  listDevices: endpoint({
    method: 'GET',
    path: '/accounts/{appid}/devices',
    access: 'account.read',
    summary: 'List the devices of an account in the order of their ids',
    params: byAppid,
    query: Type.Object({
      ...paging,
      batch: Type.Optional(byId.properties.id),
      having: Type.Optional(OneOf(DEVICE_FILTERS, { description: 'Those only; not together with a batch.' })),
      q: Type.Optional(
        Type.String({
          minLength: 1,
          maxLength: 100,
          pattern: STORABLE_WORDS,
          description: 'One device: its id, or UUID, major and minor with blanks, commas or colons between.',
        }),
      ),
    }),
    answer: Page(Device),
    problems: ['account.unknown', 'application.unknown', 'batch.unknown'],
  }),
}

export type ApiDevice = Static<typeof Device>
