import type { Static } from '@sinclair/typebox'
import { byAppid, endpoint, Nullable, Page, paging, Time } from '../endpoint.ts'
import { OneOf, Type } from '../schema.ts'
import { ACCOUNT_FILTERS, CALLBACK_FORMATS, CALLBACK_MODES } from '../states.ts'
import { STORABLE, STORABLE_WORDS } from '../text.ts'

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
  mode: OneOf(CALLBACK_MODES, { description: 'compatible: the message, and once more encrypted.' }),
  format: OneOf(CALLBACK_FORMATS),
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
  account_no: Type.Integer({ description: 'What the ids of its applications begin with.' }),
  created_at: Time,
  ...AccountState.properties,
  device_quota: Type.Object({ ceiling: Type.Integer(), allocated: Type.Integer() }),
  callback: Nullable(Callback),
  limits: Limits,
})

const Secret = Type.Object({ appid: Type.String(), secret: Type.String({ description: 'Shown this once.' }) })

export const accountEndpoints = {
  createAccount: endpoint({
    method: 'POST',
    path: '/accounts',
    access: 'account.change',
    summary: 'Create an account; the answer shows its secret this once',
    status: 201,
    body: Type.Object({
      name: Type.String({ minLength: 1, maxLength: 100, pattern: STORABLE_WORDS }),
    }),
    answer: Type.Composite([Account, Type.Pick(Secret, ['secret'])]),
  }),
  listAccounts: endpoint({
    method: 'GET',
    path: '/accounts',
    access: 'account.read',
    summary: 'List accounts, the oldest first; those that are searched for by their name in its order',
    query: Type.Object({
      ...paging,
      q: Type.Optional(
        Type.String({
          minLength: 1,
          maxLength: 100,
          pattern: STORABLE_WORDS,
          description: 'The beginning of a name, a whole appid, or an `account_no`.',
        }),
      ),
      having: Type.Optional(OneOf(ACCOUNT_FILTERS, { description: 'Of those only; not of those found by a name.' })),
    }),
    answer: Page(Account),
  }),
  getAccount: endpoint({
    method: 'GET',
    path: '/accounts/{appid}',
    access: 'account.read',
    summary: 'Read an account',
    params: byAppid,
    answer: Account,
    problems: ['account.unknown'],
  }),
  setAccountState: endpoint({
    method: 'PATCH',
    path: '/accounts/{appid}',
    access: 'account.change',
    summary: 'Freeze an account or its secret, or let it go on; say whether it is verified',
    params: byAppid,
    body: Type.Partial(AccountState, { minProperties: 1 }),
    answer: Account,
    problems: ['account.unknown'],
  }),
  rotateSecret: endpoint({
    method: 'POST',
    path: '/accounts/{appid}/secret',
    access: 'account.change',
    summary: 'Give an account a new secret, which is not frozen; the old one and all tokens end at once',
    params: byAppid,
    answer: Secret,
    problems: ['account.unknown'],
  }),
  setCallback: endpoint({
    method: 'PUT',
    path: '/accounts/{appid}/callback',
    access: 'account.change',
    summary: 'Set where and how an account is called back',
    params: byAppid,
    body: CallbackInput,
    answer: Callback,
    problems: ['account.unknown', 'callback.url_refused', 'callback.unverified', 'quota.burst'],
  }),
  setLimits: endpoint({
    method: 'PUT',
    path: '/accounts/{appid}/limits',
    access: 'account.change',
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
}

export type ApiCallback = Static<typeof Callback>
export type ApiAccountState = Static<typeof AccountState>
export type ApiLimits = Static<typeof Limits>
export type ApiAccount = Static<typeof Account>
