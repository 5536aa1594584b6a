import { type Static, type TObject, type TSchema, Type } from '@sinclair/typebox'
import { KIND_NAMES } from './kinds.ts'
import type { ProblemCode } from './problems.ts'
import { TICKET_MAX } from './shakes.ts'
import { MINIAPP_CATEGORIES_MAX, MiniappBrand, MiniappCategory } from './shop-access.ts'
import { shops } from './shops.ts'
import { STORABLE } from './text.ts'

/** A call of the native API. Paths stand below `/api/v1`. */
export interface Endpoint<
  Params extends TObject = TObject,
  Query extends TObject = TObject,
  Body extends TSchema = TSchema,
  Answer extends TSchema = TSchema,
> {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH'
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
    Type.String({ pattern: '^([A-Za-z0-9]{43})?$', description: 'Needed in secure and compatible mode.' }),
  ),
  mode: Type.Union([Type.Literal('plain'), Type.Literal('compatible'), Type.Literal('secure')], {
    description: 'compatible: the message, and once more encrypted.',
  }),
  format: Type.Union([Type.Literal('xml'), Type.Literal('json')]),
})

const Callback = Type.Object({
  url: Type.String(),
  mode: CallbackInput.properties.mode,
  format: CallbackInput.properties.format,
  verified_at: Time,
})

const CallLimit = (unit: string) =>
  Nullable(
    Type.Integer({
      minimum: 0,
      maximum: 1_000_000_000_000,
      description: `Calls of one path in a ${unit}; 0: as many as it likes; null: the server’s default.`,
    }),
  )

const Limits = Type.Object({
  ip_allow: Type.Array(Type.String({ maxLength: 64 }), {
    maxItems: 200,
    description: 'Addresses and ranges that calls may come from; empty: from anywhere.',
  }),
  daily_limit: CallLimit('day'),
  minute_limit: CallLimit('minute'),
})

const AccountState = Type.Object({
  verified: Type.Boolean({ description: 'One that is not cannot apply to open Shake Nearby.' }),
  frozen: Type.Boolean({ description: 'Every call of a frozen account is refused.' }),
  secret_frozen: Type.Boolean({ description: 'A frozen secret gives no tokens; those that are there go on.' }),
})

const Account = Type.Object({
  appid: Type.String(),
  name: Type.String(),
  original_id: Type.String({ description: 'Whom callbacks are addressed to.' }),
  created_at: Time,
  ...AccountState.properties,
  device_quota: Type.Object({ ceiling: Type.Integer(), allocated: Type.Integer() }),
  callback: Nullable(Callback),
  limits: Limits,
})

const ShopStatus = Type.Union([Type.Literal('connected'), Type.Literal('banned'), Type.Literal('cancelled')])

const ShopAccess = Type.Object({
  status: Type.Union([Type.Literal('none'), ...ShopStatus.anyOf], {
    description: 'none: never opened. The shop calls are served while it is connected.',
  }),
  connected_at: Nullable(Time),
})

const MiniappCertificatesInput = Type.Object({
  category_info_list: Type.Array(MiniappCategory, { maxItems: MINIAPP_CATEGORIES_MAX }),
  brand_info: Type.Optional(MiniappBrand),
})

const MiniappCertificates = Type.Object({
  category_info_list: MiniappCertificatesInput.properties.category_info_list,
  brand_info: Nullable(MiniappBrand),
})

const Secret = Type.Object({ appid: Type.String(), secret: Type.String({ description: 'Shown this once.' }) })

const ApplicationState = Type.Union([Type.Literal('under_review'), Type.Literal('approved'), Type.Literal('rejected')])
const Move = Type.Union([Type.Literal('approve'), Type.Literal('reject')])
const Kind = Type.Union(KIND_NAMES.map((name) => Type.Literal(name)))

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

/** The highest ceiling of device IDs that an account can have, as high as the first one can be configured. */
export const DEVICE_CEILING_MAX = 1_000_000_000

const Quantity = Type.Integer({ minimum: 1, maximum: DEVICE_CEILING_MAX, description: 'Device IDs.' })

const LedgerEntry = Type.Object({
  at: Time,
  application: Type.String(),
  entry: Type.Union([Type.Literal('rise'), Type.Literal('allocation')], {
    description: 'A rise of the ceiling, or a batch that was handed out.',
  }),
  quantity: Quantity,
  text: Type.String({ description: 'The purpose of a rise, the remark of a batch.' }),
  first_device_id: Nullable(Type.Integer()),
  last_device_id: Nullable(Type.Integer()),
})

const DryRun = Type.Object({
  quantity: Quantity,
  outcome: Type.Union([Type.Literal('approved'), Type.Literal('under_review'), Type.Literal('refused')], {
    description: 'What such a batch would be answered now.',
  }),
  problem: Nullable(Type.Unsafe<ProblemCode>(Type.String({ description: 'Why it would be refused.' }))),
  remaining: Type.Integer({ description: 'What it would leave below the ceiling; negative where it does not fit.' }),
})

const DeviceQuota = Type.Object({
  ceiling: Type.Integer({ description: 'Device IDs that the account may have.' }),
  allocated: Type.Integer({ description: 'Those that it has.' }),
  remaining: Type.Integer(),
  under_review: Nullable(Type.String({ description: 'The open application for more.' })),
  dry_run: Nullable(DryRun),
  ledger: Page(LedgerEntry),
})

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

/** Most beacons that one shake can name. */
export const SHAKE_BEACONS_MAX = 50

const Beacon = Type.Object({
  uuid: Type.String({ pattern: '^[0-9A-Fa-f-]{36}$' }),
  major: Type.Integer({ minimum: 0, maximum: 0xffff }),
  minor: Type.Integer({ minimum: 0, maximum: 0xffff }),
  distance: Type.Number({ minimum: 0, maximum: 10_000, description: 'Metres; told to the millimetre.' }),
})

const ShownPage = Type.Object({
  appid: Type.String(),
  page_id: Type.Integer(),
  title: Type.String(),
  description: Type.String(),
  icon_url: Type.String(),
  url: Type.String({ description: 'What the phone opens: the page’s link with the ticket in its query.' }),
  ticket: Type.String(),
  device_id: Type.Integer(),
  beacon: Beacon,
  near_store: Type.Boolean({ description: 'The phone is within 1 km of the device’s store.' }),
})

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
  setAccountState: endpoint({
    method: 'PATCH',
    path: '/accounts/{appid}',
    summary: 'Freeze an account or its secret, or let it go on; say whether it is verified',
    params: byAppid,
    body: Type.Partial(AccountState, { minProperties: 1 }),
    answer: Account,
    problems: ['account.unknown'],
  }),
  rotateSecret: endpoint({
    method: 'POST',
    path: '/accounts/{appid}/secret',
    summary: 'Give an account a new secret, which is not frozen; the old one and all tokens end at once',
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
  getDeviceQuota: endpoint({
    method: 'GET',
    path: '/accounts/{appid}/device-quota',
    summary: 'Read an account’s device quota and its ledger, the newest entry first; say what a batch would leave',
    params: byAppid,
    query: Type.Object({
      ...paging,
      quantity: Type.Optional(Type.Integer({ ...Quantity, description: 'Tell what a batch of so many would do.' })),
    }),
    answer: DeviceQuota,
    problems: ['account.unknown'],
  }),
  applyForDeviceQuota: endpoint({
    method: 'POST',
    path: '/accounts/{appid}/device-quota',
    summary: 'Apply for more device IDs than the ceiling allows',
    status: 201,
    params: byAppid,
    body: Type.Object({
      quantity: Type.Integer({ ...Quantity, description: 'How far the ceiling shall rise, in device IDs.' }),
      purpose: Type.String({ minLength: 1, maxLength: 500, pattern: '\\S' }),
    }),
    answer: Application,
    problems: ['account.unknown', 'device_quota.under_review', 'device_quota.ceiling_too_high'],
  }),
  setLimits: endpoint({
    method: 'PUT',
    path: '/accounts/{appid}/limits',
    summary: 'Set from where and how often an account may call',
    params: byAppid,
    body: Type.Object({
      ip_allow: Limits.properties.ip_allow,
      daily_limit: Type.Optional(Limits.properties.daily_limit),
      minute_limit: Type.Optional(Limits.properties.minute_limit),
    }),
    answer: Limits,
    problems: ['account.unknown'],
  }),
  getShopAccess: endpoint({
    method: 'GET',
    path: '/accounts/{appid}/shop-access',
    summary: 'Read how an account’s access to the shop component stands',
    params: byAppid,
    answer: ShopAccess,
    problems: ['account.unknown'],
  }),
  setShopStatus: endpoint({
    method: 'PUT',
    path: '/accounts/{appid}/shop-access',
    summary:
      'Ban an account from the shop component, let it in again, or cancel its access with its categories and brands',
    params: byAppid,
    body: Type.Object({ status: ShopStatus }),
    answer: ShopAccess,
    problems: ['account.unknown', 'shop.not_connected'],
  }),
  getMiniappCertificates: endpoint({
    method: 'GET',
    path: '/accounts/{appid}/miniapp-certificates',
    summary: 'Read the documents that an account’s mini program was registered with',
    params: byAppid,
    answer: MiniappCertificates,
    problems: ['account.unknown'],
  }),
  setMiniappCertificates: endpoint({
    method: 'PUT',
    path: '/accounts/{appid}/miniapp-certificates',
    summary: 'Record those documents, in place of all that were recorded before',
    params: byAppid,
    body: MiniappCertificatesInput,
    answer: MiniappCertificates,
    problems: ['account.unknown'],
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
      'device_quota.ceiling_too_high',
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
  shake: endpoint({
    method: 'POST',
    path: '/shakes',
    summary: 'Shake a phone near beacons: what it shows, in order',
    body: Type.Object({
      openid: Type.String({ pattern: '^[A-Za-z0-9_-]{1,64}$', description: 'Who shakes, as the merchant knows them.' }),
      beacons: Type.Array(Beacon, { maxItems: SHAKE_BEACONS_MAX, description: 'What the phone hears.' }),
      position: Type.Optional(
        Type.Object({
          latitude: Type.Number({ minimum: -90, maximum: 90 }),
          longitude: Type.Number({ minimum: -180, maximum: 180 }),
        }),
      ),
    }),
    answer: Type.Object({
      pages: Type.Array(ShownPage, {
        description: 'One is a page, and its account is sent ShakearoundUserShake; more are a list; none is nothing.',
      }),
    }),
  }),
  openShakenPage: endpoint({
    method: 'POST',
    path: '/shakes/{ticket}/open',
    summary: 'Open a page that a shake showed; counts as a click',
    params: Type.Object({ ticket: Type.String({ maxLength: TICKET_MAX }) }),
    answer: Type.Pick(ShownPage, ['page_id', 'device_id']),
    problems: ['ticket.invalid'],
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
export type ApiAccountState = Static<typeof AccountState>
export type ApiLimits = Static<typeof Limits>
export type ApiAccount = Static<typeof Account>
export type ApiMiniappCertificates = Static<typeof MiniappCertificates>
export type ApiShopAccess = Static<typeof ShopAccess>
export type ApiApplication = Static<typeof Application>
export type ApiApplicationInFull = Static<typeof ApplicationInFull>
export type ApiDeviceQuota = Static<typeof DeviceQuota>
export type ApiLedgerEntry = Static<typeof LedgerEntry>
export type ApiDelivery = Static<typeof Delivery>
export type ApiDeliveryInFull = Static<typeof DeliveryInFull>
