import type { ApiDelivery, ApiDeliveryInFull } from '@shenpi/sdk/contract/api'
import type { AccountName } from '../../accounts/account-name.store.ts'
import { toApplicationId } from '../../applications/application-id.ts'
import type { Attempt, Delivery, DeliveryKey, ListedDelivery } from '../../callbacks/delivery.store.ts'

/** The native API's id of a delivery: account and number. */
function toDeliveryId({ accountId, deliveryNo }: DeliveryKey): string {
  return `${accountId}-${deliveryNo}`
}

export function parseDeliveryId(id: string): DeliveryKey | undefined {
  const parts = /^([1-9]\d{0,14})-([1-9]\d{0,14})$/.exec(id)
  return parts ? { accountId: Number(parts[1]), deliveryNo: Number(parts[2]) } : undefined
}

export function toDelivery(delivery: ListedDelivery, account?: AccountName): ApiDelivery {
  return {
    id: toDeliveryId(delivery),
    appid: account?.appid ?? '',
    account_name: account?.name ?? '',
    application: toApplicationId(delivery),
    event: delivery.event,
    state: delivery.state,
    attempts: delivery.attempts,
    created_at: delivery.createdAt.toISOString(),
    due_at: delivery.state === 'pending' ? delivery.dueAt.toISOString() : null,
    delivered_at: delivery.deliveredAt?.toISOString() ?? null,
  }
}

export function toDeliveryInFull(
  delivery: Delivery,
  account: AccountName,
  attempts: readonly Attempt[],
): ApiDeliveryInFull {
  return {
    ...toDelivery(delivery, account),
    message: delivery.message,
    tries: attempts.map(({ at, durationMs, url, status, outcome, injectedBy }) => ({
      at: at.toISOString(),
      duration_ms: durationMs,
      url,
      status,
      outcome,
      injected_by: injectedBy,
    })),
  }
}
