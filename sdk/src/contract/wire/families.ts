import { refusal, wholeNumber } from '../call.ts'
import { Type } from '../schema.ts'
import { STORABLE } from '../text.ts'

// What the calls of Shake Nearby and those of the shop have in common, each with its own.

/** Source: docs/protocol/shakearound.md. */
export const shakeCall = { methods: ['POST'], family: 'shakearound', authorized: true, body: 'json' } as const
/** Every call but those that open Shake Nearby and tell how that stands. */
export const activatedCall = { ...shakeCall, activated: true } as const
export const shakeRefusal = refusal('shake.request_invalid')
/** How many entries of a list come before those that are asked for. */
export const begin = wholeNumber(refusal('paging.begin_invalid'))

/** Source: docs/protocol/shops.md. */
export const shopCall = { methods: ['POST'], family: 'shop', authorized: true, body: 'json' } as const
/** Every call but those that open the component and tell how that stands. */
export const connectedCall = { ...shopCall, connected: true } as const
export const shopRefusal = refusal('shop.parameter_invalid', 'shop.parameter_missing')
/** Without U+0000, which PostgreSQL does not keep. */
export const shopText = (maxLength: number) =>
  Type.String({
    maxLength,
    pattern: STORABLE,
    ...refusal('shop.parameter_too_long', 'shop.parameter_missing'),
  })
export const oneTo = (maximum: number) => wholeNumber({ minimum: 1, maximum, ...shopRefusal })
