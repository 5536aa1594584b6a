import type { TObject, TSchema } from '@sinclair/typebox'
import type { Permission } from './permissions.ts'
import type { ProblemCode } from './problems.ts'
import { FORMATS, Type } from './schema.ts'

/**
 * Who may call an endpoint: whoever has the permission; `public`: everybody, without credentials; `signed_in`: any member of
 * the staff, about themselves.
 */
export type Access = Permission | 'public' | 'signed_in'

/** An endpoint of the native API. Its path is below `/api/v1`. */
export interface Endpoint<
  Params extends TObject = TObject,
  Query extends TObject = TObject,
  Body extends TSchema = TSchema,
  Answer extends TSchema = TSchema,
> {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** With `{name}` for a parameter. */
  path: string
  access: Access
  summary: string
  /** HTTP status of the answer. */
  status: 200 | 201
  params: Params
  query: Query
  /** `Type.Undefined()` where there is none. */
  body: Body
  answer: Answer
  /** The media type of the answer. Default: JSON. */
  produces?: string
  /** The caller says in `If-Match` which version it changes. */
  conditional?: boolean
  problems: readonly ProblemCode[]
}

/**
 * Of a request in which what is left out means all of them: a member that is misspelt is refused, where elsewhere it would be
 * passed over.
 */
export const STRICT = { additionalProperties: false } as const

const None = Type.Object({})
const NoBody = Type.Undefined()

type Definition<P extends TObject, Q extends TObject, B extends TSchema, A extends TSchema> = Partial<
  Pick<Endpoint<P, Q, B, A>, 'params' | 'query' | 'body' | 'produces' | 'conditional' | 'status' | 'problems'>
> &
  Pick<Endpoint<P, Q, B, A>, 'method' | 'path' | 'access' | 'summary' | 'answer'>

export function endpoint<
  A extends TSchema,
  P extends TObject = typeof None,
  Q extends TObject = typeof None,
  B extends TSchema = typeof NoBody,
>(definition: Definition<P, Q, B, A>): Endpoint<P, Q, B, A>
export function endpoint(definition: Definition<TObject, TObject, TSchema, TSchema>): Endpoint {
  return { params: None, query: None, body: NoBody, status: 200, problems: [], ...definition }
}

/** A point in time of ISO 8601 with its zone, that there is: `Date.parse` takes February 30th for March 2nd. */
FORMATS.set('date-time', (text) => {
  const day = /^(\d{4}-\d\d-\d\d)T.*(Z|[+-]\d\d:\d\d)$/.exec(text)?.[1]
  if (day === undefined || Number.isNaN(Date.parse(text))) return false
  return new Date(`${day}T00:00:00Z`).toISOString().startsWith(day)
})

export const Time = Type.String({ format: 'date-time', description: 'ISO 8601, UTC' })
export const Nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()])
export const Page = <T extends TSchema>(item: T) =>
  Type.Object({
    items: Type.Array(item),
    next_cursor: Nullable(Type.String({ description: 'Send it as `cursor` for the next page; null on the last.' })),
  })

export const paging = {
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
  cursor: Type.Optional(Type.String({ maxLength: 200 })),
}

export const byAppid = Type.Object({ appid: Type.String({ pattern: '^wx[0-9a-f]{16}$' }) })
export const byId = Type.Object({ id: Type.String({ maxLength: 64 }) })
