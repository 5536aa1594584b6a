import type { MessageFields } from './message-format.ts'

/** An event for a merchant. */
export interface CallbackEvent {
  /** The application that it belongs to. */
  applicationNo: number
  /** The platform's name for it. */
  name: string
  /** The members of its message beside those of every message. */
  fields: MessageFields
  at: Date
  /** When it is sent first, by the machine's time. */
  dueAt: Date
  /** Who sends it, if that is not the platform. */
  sender?: EventSender
}

/** Who sends an event, and the second that it is dated. A merchant tells a repeat by these two alone. */
export interface EventSender {
  openid: string
  unixSeconds: number
}

/** The sender of platform events. Source: docs/protocol/callbacks.md, `FromUserName`. */
export const PLATFORM_OPENID = 'oShenpiPlatformTeam000000001'

/**
 * The platform as a sender. An event that shares its second with an earlier one, or comes from a clock that was set back,
 * is sent by another member of its team, as the second is the event's own.
 * Source: docs/protocol/callbacks.md, telling a repeat.
 *
 * @param anotherNo the number of a delivery that needs a sender of its own
 */
export function platformSender(unixSeconds: number, anotherNo?: number): EventSender {
  if (anotherNo === undefined) return { openid: PLATFORM_OPENID, unixSeconds }
  return { openid: `oShenpiPlatform${String(anotherNo).padStart(13, '0')}`, unixSeconds }
}

/** The message of an event. It is fixed with the event: every attempt and every replay says the same. */
export function toEventMessage(
  originalId: string,
  { openid, unixSeconds }: EventSender,
  { name, fields }: Pick<CallbackEvent, 'name' | 'fields'>,
): MessageFields {
  return {
    ToUserName: originalId,
    FromUserName: openid,
    CreateTime: unixSeconds,
    MsgType: 'event',
    Event: name,
    ...fields,
  }
}
