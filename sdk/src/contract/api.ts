import { type Static, type TObject, type TSchema, Type } from '@sinclair/typebox'
import type { ProblemCode } from './problems.ts'
import { shops } from './shops.ts'
import { STORABLE } from './text.ts'

/** A call of the native API. Paths stand below `/api/v1`. */
export interface Endpoint<
  Params extends TObject = TObject,
  Query extends TObject = TObject,
  Body extends TSchema = TSchema,
  Answer extends TSchema = TSchema,
> {
  method: 'GET' | 'POST' | 'PUT'
  /** With `{name}` for a parameter. */
  path: string
  summary: string
  /** HTTP status of the answer. */
  status: 200 | 201
  params: Params
  query: Query
  /** `Type.Undefined()` where there is none. */
  body: Body
  answer: Answer
  /** The caller says in `If-Match` which version it changes. */
  conditional?: boolean
  problems: readonly ProblemCode[]
}

const None = Type.Object({})
const NoBody = Type.Undefined()

type Definition<P extends TObject, Q extends TObject, B extends TSchema, A extends TSchema> = Partial<
  Pick<Endpoint<P, Q, B, A>, 'params' | 'query' | 'body' | 'conditional' | 'status' | 'problems'>
> &
  Pick<Endpoint<P, Q, B, A>, 'method' | 'path' | 'summary' | 'answer'>

function endpoint<
  A extends TSchema,
  P extends TObject = typeof None,
  Q extends TObject = typeof None,
  B extends TSchema = typeof NoBody,
>(definition: Definition<P, Q, B, A>): Endpoint<P, Q, B, A> {
  const absent = { params: None as unknown as P, query: None as unknown as Q, body: NoBody as unknown as B }
  return { ...absent, status: 200, problems: [], ...definition }
}

const Time = Type.String({ format: 'date-time', description: 'ISO 8601, UTC' })
const Nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()])
const Page = <T extends TSchema>(item: T) =>
  Type.Object({
    items: Type.Array(item),
    next_cursor: Nullable(Type.String({ description: 'Send it as `cursor` for the next page; null on the last.' })),
  })

const paging = {
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
  cursor: Type.Optional(Type.String({ maxLength: 200 })),
}

const CallbackInput = Type.Object({
  url: Type.String({
    minLength: 1,
    maxLength: 2048,
    pattern: STORABLE,
    description: 'Must answer the GET verification with its echostr.',
  }),
  token: Type.String({ pattern: '^[A-Za-z0-9]{3,32}$', description: 'What signatures are made with.' }),
  encoding_aes_key: Type.Optional(
    Type.String({ pattern: '^([A-Za-z0-9]{43})?$', description: 'Needed in secure mode.' }),
  ),
  mode: Type.Union([Type.Literal('plain'), Type.Literal('secure')]),
  format: Type.Union([Type.Literal('xml'), Type.Literal('json')]),
})

const Callback = Type.Object({
  url: Type.String(),
  mode: CallbackInput.properties.mode,
  format: CallbackInput.properties.format,
  verified_at: Time,
})

const Account = Type.Object({
  appid: Type.String(),
  name: Type.String(),
  original_id: Type.String({ description: 'Whom callbacks are addressed to.' }),
  created_at: Time,
  device_quota: Type.Object({ ceiling: Type.Integer(), allocated: Type.Integer() }),
  callback: Nullable(Callback),
})

const Secret = Type.Object({ appid: Type.String(), secret: Type.String({ description: 'Shown this once.' }) })

const ApplicationState = Type.Union([Type.Literal('under_review'), Type.Literal('approved'), Type.Literal('rejected')])
const Move = Type.Union([Type.Literal('approve'), Type.Literal('reject')])
const Kind = Type.Union([
  Type.Literal('account_activation'),
  Type.Literal('device_batch'),
  Type.Literal('category_qualification'),
])

const Picture = Type.Object({
  field: Type.String(),
  position: Type.Integer(),
  reference: Type.String({ description: 'As it was submitted.' }),
  state: Type.Union([Type.Literal('waiting'), Type.Literal('stored'), Type.Literal('failed')]),
  url: Nullable(Type.String({ description: 'The permanent link.' })),
  failure: Nullable(Type.String({ description: 'Why the picture is not to be had.' })),
})

const Application = Type.Object({
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

const DeliveryState = Type.Union([
  Type.Literal('pending'),
  Type.Literal('delivered'),
  Type.Literal('failed'),
  Type.Literal('unaddressed'),
])

const Delivery = Type.Object({
  id: Type.String(),
  appid: Type.String(),
  application: Type.String(),
  event: Type.String(),
  state: DeliveryState,
  attempts: Type.Integer({ description: 'Tries since the creation or the last replay.' }),
  created_at: Time,
  due_at: Nullable(Time),
  delivered_at: Nullable(Time),
})

const DeliveryInFull = Type.Composite([
  Delivery,
  Type.Object({
    message: Type.Unknown({ description: 'The members of the message, the same in every try.' }),
    tries: Type.Array(
      Type.Object({
        at: Time,
        duration_ms: Type.Integer(),
        url: Type.String(),
        status: Nullable(Type.Integer()),
        outcome: Type.String(),
      }),
    ),
  }),
])

const byAppid = Type.Object({ appid: Type.String({ pattern: '^wx[0-9a-f]{16}$' }) })
const byId = Type.Object({ id: Type.String({ maxLength: 64 }) })

export const api = {
  createAccount: endpoint({
    method: 'POST',
    path: '/accounts',
    summary: 'Create an account; the answer shows its secret this once',
    status: 201,
    body: Type.Object({
      name: Type.String({ minLength: 1, maxLength: 100, pattern: '^[^\\u0000]*[^\\s\\u0000][^\\u0000]*$' }),
    }),
    answer: Type.Composite([Account, Type.Pick(Secret, ['secret'])]),
  }),
  listAccounts: endpoint({
    method: 'GET',
    path: '/accounts',
    summary: 'List accounts, the oldest first',
    query: Type.Object(paging),
    answer: Page(Account),
  }),
  getAccount: endpoint({
    method: 'GET',
    path: '/accounts/{appid}',
    summary: 'Read an account',
    params: byAppid,
    answer: Account,
    problems: ['account.unknown'],
  }),
  rotateSecret: endpoint({
    method: 'POST',
    path: '/accounts/{appid}/secret',
    summary: 'Give an account a new secret; the old one and all tokens end at once',
    params: byAppid,
    answer: Secret,
    problems: ['account.unknown'],
  }),
  setCallback: endpoint({
    method: 'PUT',
    path: '/accounts/{appid}/callback',
    summary: 'Set where and how an account is called back',
    params: byAppid,
    body: CallbackInput,
    answer: Callback,
    problems: ['account.unknown', 'callback.url_refused', 'callback.unverified'],
  }),
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
    ],
  }),
  listDeliveries: endpoint({
    method: 'GET',
    path: '/deliveries',
    summary: 'List deliveries, the newest first',
    query: Type.Object({
      ...paging,
      appid: Type.Optional(byAppid.properties.appid),
      application: Type.Optional(byId.properties.id),
      state: Type.Optional(DeliveryState),
    }),
    answer: Page(Delivery),
    problems: ['account.unknown', 'application.unknown'],
  }),
  getDelivery: endpoint({
    method: 'GET',
    path: '/deliveries/{id}',
    summary: 'Read a delivery with its message and its tries',
    params: byId,
    answer: DeliveryInFull,
    problems: ['delivery.unknown'],
  }),
  replayDelivery: endpoint({
    method: 'POST',
    path: '/deliveries/{id}/replay',
    summary: 'Send a delivery again, the same message',
    params: byId,
    answer: DeliveryInFull,
    problems: ['delivery.unknown', 'delivery.unaddressed'],
  }),
  importCategories: endpoint({
    method: 'PUT',
    path: '/categories',
    summary: 'Add shop categories and renew those that are there',
    body: Type.Object({
      third_cat_list: Type.Array(shops.catGet.answer.properties.third_cat_list.items, { maxItems: 10_000 }),
    }),
    answer: Type.Object({ imported: Type.Integer() }),
  }),
}

export type ApiCallback = Static<typeof Callback>
export type ApiAccount = Static<typeof Account>
export type ApiApplication = Static<typeof Application>
export type ApiApplicationInFull = Static<typeof ApplicationInFull>
export type ApiDelivery = Static<typeof Delivery>
export type ApiDeliveryInFull = Static<typeof DeliveryInFull>
