import { call, refusal, wholeNumber } from '../call.ts'
import { Type } from '../schema.ts'
import { beacon } from './devices.ts'
import { activatedCall, shakeRefusal } from './families.ts'

/** How long a ticket is good for. Unit: seconds. Source: docs/protocol/shakearound.md, user/getshakeinfo. */
export const TICKET_LIFETIME_S = 1800

/** The longest text that is looked at as a ticket. Unit: characters. */
export const TICKET_MAX = 1024

export const shakes = {
  getShakeInfo: call({
    ...activatedCall,
    path: '/shakearound/user/getshakeinfo',
    summary: 'Read who shook near which device, by the ticket of an opened page',
    safe: true,
    request: Type.Object(
      {
        ticket: Type.String({ minLength: 1, maxLength: TICKET_MAX, ...refusal('ticket.invalid') }),
        /** 1 or true: the store is answered as well. */
        need_poi: Type.Optional(Type.Unknown()),
      },
      shakeRefusal,
    ),
    answer: Type.Object({
      page_id: wholeNumber(),
      beacon_info: Type.Object({ distance: Type.Number({ minimum: 0 }), ...beacon }),
      openid: Type.String(),
      poi_id: Type.Optional(wholeNumber()),
    }),
    problems: ['shake.request_invalid', 'ticket.invalid'],
  }),
}
