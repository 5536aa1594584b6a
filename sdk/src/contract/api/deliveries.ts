import type { Static } from '@sinclair/typebox'
import { byAppid, byId, endpoint, Nullable, Page, paging, Time } from '../endpoint.ts'
import { OneOf, Type } from '../schema.ts'
import { DELIVERY_STATES } from '../states.ts'

/** So many deliveries are sent again by one call at most. */
export const REPLAYS_MAX = 5000
/** So many accounts a preview tells of by name. */
const REPLAY_ACCOUNTS_TOLD = 100

const DeliveryState = OneOf(DELIVERY_STATES)

const Delivery = Type.Object({
  id: Type.String(),
  appid: Type.String(),
  account_name: Type.String({ description: 'What the account is called.' }),
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
        injected_by: Nullable(Type.String({ description: 'The rule of faults that struck it (sandbox).' })),
      }),
    ),
  }),
])

const EventName = Type.String({ pattern: '^\\w{1,64}$', description: 'The platform’s name for what happened.' })

const range = {
  appid: Type.Optional(byAppid.properties.appid),
  state: Type.Optional(DeliveryState),
  event: Type.Optional(EventName),
  from: Time,
  until: Type.String({ format: 'date-time', description: 'ISO 8601, UTC. It is not in the range itself.' }),
}

const Preview = Type.Object({
  deliveries: Type.Integer({ description: 'That would be sent again.' }),
  unaddressed: Type.Integer({ description: 'That would not: their accounts have no callback URL.' }),
  first_at: Nullable(Time),
  last_at: Nullable(Time),
  seconds: Type.Integer({ description: 'Over which they are spread.' }),
  accounts: Type.Integer(),
  by_account: Type.Array(
    Type.Object({ appid: Type.String(), name: Type.String(), deliveries: Type.Integer(), addressed: Type.Boolean() }),
    { description: `Those of which most would be sent, ${REPLAY_ACCOUNTS_TOLD} at most.` },
  ),
})

const Replayed = Type.Object({
  replayed: Type.Integer(),
  accounts: Type.Integer(),
  unaddressed: Type.Integer(),
  refused: Type.Array(Type.Object({ appid: Type.String(), code: Type.String(), title: Type.String() }), {
    description: 'Accounts of which nothing more was sent again, and why.',
  }),
})

export const deliveryEndpoints = {
  listDeliveries: endpoint({
    method: 'GET',
    path: '/deliveries',
    access: 'delivery.read',
    summary: 'List deliveries, the newest first. A page may be empty and go on',
    query: Type.Object({
      ...paging,
      appid: Type.Optional(byAppid.properties.appid),
      application: Type.Optional(byId.properties.id),
      state: Type.Optional(DeliveryState),
      event: Type.Optional(EventName),
      from: Type.Optional(range.from),
      until: Type.Optional(range.until),
    }),
    answer: Page(Delivery),
    problems: ['account.unknown', 'application.unknown'],
  }),
  getDelivery: endpoint({
    method: 'GET',
    path: '/deliveries/{id}',
    access: 'delivery.read',
    summary: 'Read a delivery with its message and its tries',
    params: byId,
    answer: DeliveryInFull,
    problems: ['delivery.unknown'],
  }),
  replayDelivery: endpoint({
    method: 'POST',
    path: '/deliveries/{id}/replay',
    access: 'delivery.replay',
    summary: 'Send a delivery again, the same message',
    params: byId,
    answer: DeliveryInFull,
    problems: ['delivery.unknown', 'delivery.unaddressed'],
  }),
  previewReplay: endpoint({
    method: 'POST',
    path: '/delivery-replays/preview',
    access: 'delivery.replay',
    summary: 'Tell how many deliveries a replay of a range would send again, and to whom; nothing is changed',
    body: Type.Object(range),
    answer: Preview,
    problems: ['account.unknown', 'replay.too_many'],
  }),
  replayDeliveries: endpoint({
    method: 'POST',
    path: '/delivery-replays',
    access: 'delivery.replay',
    summary: `Send the deliveries of a range again, ${REPLAYS_MAX} at most, those of each account one after the other`,
    body: Type.Object({
      ...range,
      deliveries: Type.Integer({ minimum: 0, maximum: REPLAYS_MAX, description: 'As many as the preview told.' }),
    }),
    answer: Replayed,
    problems: ['account.unknown', 'replay.too_many', 'replay.changed'],
  }),
}

export type ApiDelivery = Static<typeof Delivery>
export type ApiDeliveryInFull = Static<typeof DeliveryInFull>
export type ApiReplayPreview = Static<typeof Preview>
export type ApiReplayed = Static<typeof Replayed>
