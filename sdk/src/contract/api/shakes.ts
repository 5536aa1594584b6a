import { endpoint, Nullable } from '../endpoint.ts'
import { Type } from '../schema.ts'
import { TICKET_MAX } from '../wire/shakes.ts'

/** Most beacons that one shake can name. */
export const SHAKE_BEACONS_MAX = 50

const Beacon = Type.Object({
  uuid: Type.String({ pattern: '^[0-9A-Fa-f-]{36}$' }),
  major: Type.Integer({ minimum: 0, maximum: 0xffff }),
  minor: Type.Integer({ minimum: 0, maximum: 0xffff }),
  distance: Type.Number({ minimum: 0, maximum: 10_000, description: 'Metres; told to the millimetre.' }),
})

export const Openid = Type.String({
  pattern: '^[A-Za-z0-9_-]{1,64}$',
  description: 'Who shakes, as the merchant knows them.',
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
  lottery_id: Nullable(Type.String({ description: 'The lottery that the page was made for.' })),
  near_store: Type.Boolean({ description: 'The phone is within 1 km of the device’s store.' }),
})

export const shakeEndpoints = {
  shake: endpoint({
    method: 'POST',
    path: '/shakes',
    access: 'device.shake',
    summary: 'Shake a phone near beacons: what it shows, in order',
    body: Type.Object({
      openid: Openid,
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
    access: 'device.shake',
    summary: 'Open a page that a shake showed; counts as a click',
    params: Type.Object({ ticket: Type.String({ maxLength: TICKET_MAX }) }),
    answer: Type.Pick(ShownPage, ['page_id', 'device_id']),
    problems: ['ticket.invalid'],
  }),
}
