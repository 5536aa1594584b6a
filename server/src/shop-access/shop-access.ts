import type { ShopAccessStatus, ShopStatus } from '@shenpi/sdk/contract/states'
import { ACCESS_ITEMS, type RequestOf, SERVICE_AGENT_TYPE, type shopAccess } from '@shenpi/sdk/contract/wire'
import { missingFields, Problem, unfitting } from '../problem.ts'

/** An account's access to the shop component. */
export interface ShopAccess {
  /** When the component was opened; null before, and after its end. */
  connectedAt: Date | null
  /** Since when its calls are forbidden, while they are. */
  bannedAt: Date | null
  /** When the access ended last. */
  cancelledAt: Date | null
  /** The tasks of the access that the merchant has marked done. */
  finishedItems: number[]
  service: ServiceInfo | null
}

export type ServiceInfo = RequestOf<typeof shopAccess.updateInfo>

export const NO_ACCESS: ShopAccess = {
  connectedAt: null,
  bannedAt: null,
  cancelledAt: null,
  finishedItems: [],
  service: null,
}

export function statusOf({ connectedAt, bannedAt, cancelledAt }: ShopAccess): ShopAccessStatus {
  if (connectedAt) return bannedAt ? 'banned' : 'connected'
  return cancelledAt ? 'cancelled' : 'none'
}

/** The access as it is once the component was opened, for the first time or again. */
export const connect = (access: ShopAccess, at: Date): ShopAccess => ({ ...access, connectedAt: at, cancelledAt: null })

/**
 * Ban an account that has the component open, admit it again, or end its access.
 *
 * @throws Problem `shop.not_connected` when it has not
 */
export function changeStatus(access: ShopAccess, to: ShopStatus, at: Date): ShopAccess {
  assertOpen(access)
  switch (to) {
    case 'connected':
      return { ...access, bannedAt: null }
    case 'banned':
      return { ...access, bannedAt: at }
    case 'cancelled':
      return { ...access, connectedAt: null, bannedAt: null, cancelledAt: at }
  }
}

/** An account that is banned has the component still. @throws Problem `shop.not_connected` */
export function assertOpen({ connectedAt }: ShopAccess): void {
  if (!connectedAt) throw new Problem('shop.not_connected')
}

/** @throws Problem `shop.not_connected`, `shop.banned` */
export function assertConnected(access: ShopAccess): void {
  assertOpen(access)
  if (access.bannedAt) throw new Problem('shop.banned')
}

/**
 * Mark a task done.
 *
 * @throws Problem `shop.not_connected`, `shop.banned`; `shop.parameter_invalid` when there is no such task
 */
export function finishItem(access: ShopAccess, item: number): ShopAccess {
  assertConnected(access)
  if (!ACCESS_ITEMS.some((known) => known === item)) {
    throw unfitting('shop.parameter_invalid', { path: 'access_info_item', oneOf: ACCESS_ITEMS, seen: item })
  }
  const finishedItems = [...new Set([...access.finishedItems, item])].sort((a, b) => a - b)
  return { ...access, finishedItems }
}

/**
 * A kind of customer service says where it is found.
 *
 * @throws Problem `shop.parameter_missing`
 */
export function assertReachable({ service_agent_type: types, ...info }: ServiceInfo): void {
  if (types.includes(SERVICE_AGENT_TYPE.path) && !info.service_agent_path) {
    throw missingFields('shop.parameter_missing', ['service_agent_path'])
  }
  if (types.includes(SERVICE_AGENT_TYPE.phone) && !info.service_agent_phone) {
    throw missingFields('shop.parameter_missing', ['service_agent_phone'])
  }
}
