import type {
  ApiAccount,
  ApiApplication,
  ApiApplicationInFull,
  ApiCallback,
  ApiDelivery,
  ApiDeliveryInFull,
  ApiLedgerEntry,
  ApiLimits,
  ApiShopAccess,
} from '@shenpi/sdk/contract/api'
import type { Account } from '../../accounts/account.ts'
import type { AccountLimits } from '../../accounts/account-limits.ts'
import { type Application, MOVES, type Move } from '../../applications/application.ts'
import { toApplicationId, toAuditId } from '../../applications/application-id.ts'
import type { ApplicationKinds } from '../../applications/application-kind.ts'
import type { ApplicationPicture } from '../../applications/application-picture.store.ts'
import type { CallbackSetting } from '../../callbacks/callback-setting.store.ts'
import type { Attempt, Delivery, DeliveryKey } from '../../callbacks/delivery.store.ts'
import type { DeviceQuota } from '../../device-batches/device-batch.store.ts'
import type { LedgerEntry } from '../../device-quota/quota-ledger.ts'
import { toLinkPath } from '../../pictures/picture-link.ts'
import { withTicket } from '../../shakes/shake.ts'
import type { ShownCard } from '../../shakes/shake-nearby.ts'
import { type ShopAccess, statusOf } from '../../shop-access/shop-access.ts'
import { calendarCovers } from '../../time/working-days.ts'

export function toCallback({ url, mode, format, verifiedAt }: CallbackSetting): ApiCallback {
  return { url, mode, format, verified_at: verifiedAt.toISOString() }
}

export function toLimits({ ipList, dailyLimit, minuteLimit }: AccountLimits): ApiLimits {
  return { ip_allow: [...ipList.entries], daily_limit: dailyLimit, minute_limit: minuteLimit }
}

export function toShopAccess(access: ShopAccess): ApiShopAccess {
  return { status: statusOf(access), connected_at: access.connectedAt?.toISOString() ?? null }
}

export function toAccount(
  account: Account,
  { quota, callback, limits }: { quota: DeviceQuota; callback: CallbackSetting | undefined; limits: AccountLimits },
): ApiAccount {
  return {
    appid: account.appid,
    name: account.name,
    original_id: account.originalId,
    created_at: account.createdAt.toISOString(),
    verified: account.verified,
    frozen: account.frozenAt !== null,
    secret_frozen: account.secretFrozenAt !== null,
    device_quota: quota,
    callback: callback ? toCallback(callback) : null,
    limits: toLimits(limits),
  }
}

export function toApplication(
  application: Application,
  { appid, kinds, now }: { appid: string; kinds: ApplicationKinds; now: Date },
): ApiApplication {
  const { state, resubmissionOf: resubmitted } = application
  return {
    id: toApplicationId(application),
    audit_id: toAuditId(application),
    apply_id: application.applicationNo,
    appid,
    kind: application.kind,
    state,
    summary: kinds[application.kind].summarize(application.payload as never),
    payload: application.payload,
    version: application.version,
    moves: Object.keys(MOVES[state]) as Move[],
    applied_at: application.appliedAt.toISOString(),
    due_at: application.dueAt.toISOString(),
    overdue: state === 'under_review' && application.dueAt < now,
    due_is_certain: calendarCovers(application.dueAt),
    decided_at: application.decidedAt?.toISOString() ?? null,
    decided_by: application.decidedBy,
    reason: application.reason,
    resubmission_of:
      resubmitted === null ? null : toApplicationId({ accountId: application.accountId, applicationNo: resubmitted }),
  }
}

export function toApplicationInFull(
  application: Application,
  pictures: readonly ApplicationPicture[],
  context: { appid: string; kinds: ApplicationKinds; now: Date; publicUrl: string },
): ApiApplicationInFull {
  return {
    ...toApplication(application, context),
    pictures: pictures.map(({ field, position, reference, state, linkKey, failure }) => ({
      field,
      position,
      reference,
      state,
      url: linkKey && context.publicUrl + toLinkPath(linkKey, 'shop', context.appid),
      failure,
    })),
  }
}

export function toLedgerEntry(entry: LedgerEntry): ApiLedgerEntry {
  return {
    at: entry.at.toISOString(),
    application: toApplicationId(entry),
    entry: entry.entry,
    quantity: entry.quantity,
    text: entry.text,
    first_device_id: entry.firstDeviceId,
    last_device_id: entry.lastDeviceId,
  }
}

/** The native API's id of a delivery: account and number. */
export function toDeliveryId({ accountId, deliveryNo }: DeliveryKey): string {
  return `${accountId}-${deliveryNo}`
}

export function parseDeliveryId(id: string): DeliveryKey | undefined {
  const parts = /^([1-9]\d{0,14})-([1-9]\d{0,14})$/.exec(id)
  return parts ? { accountId: Number(parts[1]), deliveryNo: Number(parts[2]) } : undefined
}

export function toDelivery(delivery: Delivery, appid: string): ApiDelivery {
  return {
    id: toDeliveryId(delivery),
    appid,
    application: toApplicationId(delivery),
    event: delivery.event,
    state: delivery.state,
    attempts: delivery.attempts,
    created_at: delivery.createdAt.toISOString(),
    due_at: delivery.state === 'pending' ? delivery.dueAt.toISOString() : null,
    delivered_at: delivery.deliveredAt?.toISOString() ?? null,
  }
}

export function toDeliveryInFull(delivery: Delivery, appid: string, attempts: readonly Attempt[]): ApiDeliveryInFull {
  return {
    ...toDelivery(delivery, appid),
    message: delivery.message,
    tries: attempts.map(({ at, durationMs, url, status, outcome }) => ({
      at: at.toISOString(),
      duration_ms: durationMs,
      url,
      status,
      outcome,
    })),
  }
}

export function toShownPage({ appid, page, ticket, device, nearStore }: ShownCard) {
  const { deviceId, uuid, major, minor, distance } = device
  return {
    appid,
    page_id: page.pageId,
    title: page.title,
    description: page.description,
    icon_url: page.iconUrl,
    url: withTicket(page.pageUrl, ticket),
    ticket,
    device_id: deviceId,
    beacon: { uuid, major, minor, distance },
    near_store: nearStore,
  }
}
