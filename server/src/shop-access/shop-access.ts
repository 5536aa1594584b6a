import { ACCESS_ITEMS, type RequestOf, SERVICE_AGENT_TYPE, type shopAccess } from '@shenpi/sdk'
import type { ShopAccessStatus, ShopStatus } from '@shenpi/sdk/contract/states'
import { Problem } from '../problem.ts'

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
  if (!ACCESS_ITEMS.some((known) => known === item)) throw new Problem('shop.parameter_invalid')
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
    throw new Problem('shop.parameter_missing', 'service_agent_path')
  }
  if (types.includes(SERVICE_AGENT_TYPE.phone) && !info.service_agent_phone) {
    throw new Problem('shop.parameter_missing', 'service_agent_phone')
  }
}

/** The members of `access_info` that a task is told by; two tasks of newer texts stand for older ones. */
const TASK_MEMBERS = {
  6: ['spu_audit'],
  7: ['pay_order', 'ec_order'],
  8: ['send_delivery'],
  9: ['add_aftersale', 'ec_after_sale'],
  19: ['pay_order', 'ec_order'],
  20: ['add_aftersale', 'ec_after_sale'],
} as const

const TESTED = 10
const RELEASED = 11

/**
 * The tasks as register/check tells them. Goods and orders are outside this server, so a task went well when the
 * merchant says that it is done.
 */
export function toAccessInfo({ finishedItems }: ShopAccess) {
  const done = new Set<string>()
  for (const item of finishedItems) for (const name of TASK_MEMBERS[item as 6] ?? []) done.add(name)
  const flag = (name: string) => (done.has(name) ? 1 : 0)
  const tested = finishedItems.includes(TESTED) ? 1 : 0
  const released = finishedItems.includes(RELEASED) ? 1 : 0
  const tasks = Object.values(TASK_MEMBERS).flat()
  const all = tested && released && tasks.every((name) => done.has(name)) ? 1 : 0
  return {
    spu_audit_success: flag('spu_audit'),
    spu_audit_finished: flag('spu_audit'),
    send_delivery_success: flag('send_delivery'),
    send_delivery_finished: flag('send_delivery'),
    pay_order_success: flag('pay_order'),
    pay_order_finished: flag('pay_order'),
    ec_order_success: flag('ec_order'),
    ec_order_finished: flag('ec_order'),
    add_aftersale_success: flag('add_aftersale'),
    add_aftersale_finished: flag('add_aftersale'),
    ec_after_sale_success: flag('ec_after_sale'),
    ec_after_sale_finished: flag('ec_after_sale'),
    test_api_finished: tested,
    deploy_wxa_finished: released,
    open_product_task_finished: all,
  }
}
