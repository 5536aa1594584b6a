import type { Transaction } from 'kysely'
import type { Application } from '../applications/application.ts'
import type { Schema } from '../db/schema.ts'
import type { Journal } from '../journal/journal.ts'
import { insertDelivery } from './delivery.store.ts'
import type { MessageFields } from './message-format.ts'

/** The sender of platform events. Source: docs/protocol/callbacks.md, `FromUserName`. */
export const PLATFORM_OPENID = 'oShenpiPlatformTeam000000001'

/**
 * The sender of an event that shares its second with an earlier one, or comes from a clock that was set back. A merchant
 * tells a repeat by sender and time alone, and the time is the event's own: so another member of the team sends it.
 * Source: docs/protocol/callbacks.md, telling a repeat.
 */
export function openidOfAnother(deliveryNo: number): string {
  return `oShenpiPlatform${String(deliveryNo).padStart(13, '0')}`
}

/**
 * Promise the merchant a callback about an outcome. Its number and message are fixed here, within the deciding
 * transaction: every try and every replay says the same.
 *
 * @param times of the outcome, and of the first try by the machine's time
 * @returns the delivery's number
 */
export async function announceOutcome(
  trx: Transaction<Schema>,
  journal: Journal,
  application: Application,
  announcement: { event: string; fields: MessageFields },
  { at, dueAt }: { at: Date; dueAt: Date },
): Promise<number> {
  const { accountId, applicationNo } = application
  const account = await trx
    .selectFrom('account')
    .leftJoin('callback_setting', 'callback_setting.account_id', 'account.account_id')
    .select(['original_id', 'url'])
    .where('account.account_id', '=', accountId)
    .executeTakeFirstOrThrow()
  const deliveryNo = journal.nextDeliveryNo()
  const unixSeconds = Math.floor(at.getTime() / 1000)
  const message = {
    ToUserName: account.original_id,
    FromUserName: journal.noteEventTime(unixSeconds) ? PLATFORM_OPENID : openidOfAnother(deliveryNo),
    CreateTime: unixSeconds,
    MsgType: 'event',
    Event: announcement.event,
    ...announcement.fields,
  }
  await insertDelivery(trx, {
    accountId,
    deliveryNo,
    applicationNo,
    event: announcement.event,
    message,
    state: account.url ? 'pending' : 'unaddressed',
    at,
    dueAt,
  })
  return deliveryNo
}
