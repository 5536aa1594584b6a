import type { Static } from '@sinclair/typebox'
import { endpoint, Nullable, Time } from '../endpoint.ts'
import { OneOf, Type } from '../schema.ts'
import { APPLICATION_STATES, KIND_NAMES, SEARCH_MATCHES } from '../states.ts'
import { STORABLE_WORDS } from '../text.ts'

const match = OneOf(SEARCH_MATCHES, { description: 'What of it is as was asked.' })

const FoundAccount = Type.Object({
  type: Type.Literal('account'),
  match,
  appid: Type.String(),
  account_name: Type.String(),
})

const FoundApplication = Type.Object({
  type: Type.Literal('application'),
  match,
  appid: Type.String(),
  account_name: Type.String(),
  id: Type.String(),
  kind: OneOf(KIND_NAMES),
  state: OneOf(APPLICATION_STATES),
  summary: Type.String(),
  applied_at: Time,
  decided_at: Nullable(Time),
})

const Found = Type.Object({
  items: Type.Array(Type.Union([FoundAccount, FoundApplication])),
  more: Type.Boolean({ description: 'More was found than is told: ask for less.' }),
})

/** The longest text that is searched for. Unit: characters. */
export const SEARCH_MAX_LENGTH = 254

export const searchEndpoints = {
  search: endpoint({
    method: 'GET',
    path: '/search',
    access: 'application.read',
    summary:
      'Find applications by id, audit_id, phone, e-mail address, licence number or contact name, accounts by appid or name',
    query: Type.Object({
      q: Type.String({
        minLength: 1,
        maxLength: SEARCH_MAX_LENGTH,
        pattern: STORABLE_WORDS,
        description: 'The whole of what is looked for; of names of accounts the beginning.',
      }),
    }),
    answer: Found,
    problems: [],
  }),
}

export type ApiFound = Static<typeof Found>
