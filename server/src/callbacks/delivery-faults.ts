import type { Kysely } from 'kysely'
import type { Schema } from '../db/schema.ts'
import type { CallbackSetting } from './callback-setting.store.ts'
import type { Delivery } from './delivery.store.ts'
import type { MessageBody, MessageToSend } from './message-format.ts'

/** What goes wrong on purpose with one try to deliver a callback. What is left out goes as it always does. */
export interface DeliveryFault {
  /** The name of the rule that says so. */
  injectedBy: string
  /** Nothing is sent: why, and for how long; without a time it is tried again as after any failed try. Unit: milliseconds. */
  unsent?: { why: string; forMs: number | undefined }
  /** What is said instead, before it is signed and encrypted. */
  change?(message: MessageToSend): MessageToSend
  /** What is posted instead, when it is signed. */
  spoil?(body: MessageBody): MessageBody
  /** An acknowledgement does not count: the message is sent again at once. */
  isRepeated?: boolean
}

/** The faults of a sandbox, as far as callbacks meet them. Production has none. */
export interface DeliveryFaults {
  ofDelivery(delivery: Delivery, setting: CallbackSetting): Promise<DeliveryFault | undefined>
  /** A try was recorded: others may have waited for it. */
  tried(delivery: Delivery, fault: DeliveryFault | undefined): Promise<void>
  /** With a change of the setting: keep the key that goes. */
  keepOldKey(trx: Kysely<Schema>, accountId: number, next: CallbackSetting): Promise<void>
}
