import type { Static } from '@sinclair/typebox'
import { byAppid, byId, endpoint, Nullable, Page, paging, Time } from '../endpoint.ts'
import { OneOf, Type } from '../schema.ts'
import { DELIVERY_STATES } from '../states.ts'

const DeliveryState = OneOf(DELIVERY_STATES)

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

export const deliveryEndpoints = {
  listDeliveries: endpoint({
    method: 'GET',
    path: '/deliveries',
    access: 'delivery.read',
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
}

export type ApiDelivery = Static<typeof Delivery>
export type ApiDeliveryInFull = Static<typeof DeliveryInFull>
