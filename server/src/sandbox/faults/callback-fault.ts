import { createHash } from 'node:crypto'
import type { ApiFaultEffect } from '@shenpi/sdk/contract/api'
import type { CallbackSetting } from '../../callbacks/callback-setting.store.ts'
import type { Delivery } from '../../callbacks/delivery.store.ts'
import type { DeliveryFault } from '../../callbacks/delivery-faults.ts'

/** If an effect does not say. Unit: seconds of the account's time. */
export const DEFAULT_SECONDS = { callback_reorder: 60, callback_stale_timestamp: 3600 } as const

const NOTHING = {}

/** What an effect makes of a try. @param oldKey the key before the last change */
export function toDeliveryFault(effect: ApiFaultEffect, oldKey: string | undefined): Omit<DeliveryFault, 'injectedBy'> {
  const { seconds } = effect
  switch (effect.type) {
    case 'callback_duplicate':
      return { isRepeated: true }
    case 'callback_reorder': {
      const heldS = seconds ?? DEFAULT_SECONDS.callback_reorder
      return { unsent: { why: 'not sent: held back until a later one has gone', forMs: heldS * 1000 } }
    }
    case 'callback_delay':
      return { unsent: { why: `not sent: held back for ${seconds} s`, forMs: (seconds ?? 0) * 1000 } }
    case 'callback_drop':
      return { unsent: { why: 'not sent: lost on its way', forMs: undefined } }
    case 'callback_wrong_signature':
      return { change: (message) => ({ ...message, token: `not ${message.token}` }) }
    case 'callback_wrong_key':
      return { change: (message) => ({ ...message, encodingAesKey: otherKey(message.encodingAesKey) }) }
    case 'callback_old_key':
      return { change: (message) => ({ ...message, encodingAesKey: oldKey ?? message.encodingAesKey }) }
    case 'callback_stale_timestamp': {
      const agoS = seconds ?? DEFAULT_SECONDS.callback_stale_timestamp
      return { change: (message) => ({ ...message, timestamp: message.timestamp - agoS }) }
    }
    case 'callback_truncate':
      return { spoil: (sent) => ({ ...sent, body: cutAt(sent.body, effect.bytes) }) }
    default:
      return NOTHING
  }
}

/** Whether an effect can strike a try at all: one that could not counts no hit. */
export function canStrike(
  { type }: ApiFaultEffect,
  { attempts }: Delivery,
  { mode, encodingAesKey }: CallbackSetting,
  { oldKey, holdsOne }: { oldKey: string | undefined; holdsOne: boolean },
): boolean {
  switch (type) {
    // Else it would never arrive.
    case 'callback_duplicate':
    case 'callback_delay':
      return attempts === 0
    case 'callback_reorder':
      return attempts === 0 && !holdsOne
    case 'callback_wrong_key':
      return mode !== 'plain'
    case 'callback_old_key':
      return mode !== 'plain' && oldKey !== undefined && oldKey !== encodingAesKey
    default:
      return true
  }
}

/** A key of the same form that nobody has. */
const otherKey = (encodingAesKey: string): string =>
  createHash('sha256').update(encodingAesKey).digest('hex').slice(0, 43)

/** The first bytes of a text, or its first half. */
export function cutAt(text: string, bytes: number | undefined): string {
  const whole = Buffer.from(text)
  return whole.subarray(0, bytes ?? Math.floor(whole.length / 2)).toString()
}
