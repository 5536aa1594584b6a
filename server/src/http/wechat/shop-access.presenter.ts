import { ACCESS_STATUS } from '@shenpi/sdk/contract/wire/shop-access'
import type { ShopScene } from '../../shop-access/list-scenes.ts'
import type { ServiceInfo, ShopAccess } from '../../shop-access/shop-access.ts'
import { toScene } from '../../shop-access/shop-scene.presenter.ts'

type Task = 'spu_audit' | 'send_delivery' | 'pay_order' | 'ec_order' | 'add_aftersale' | 'ec_after_sale'

/** The members of `access_info` that a task is told by; two tasks of newer texts stand for older ones. */
const TASKS: Readonly<Record<number, readonly Task[]>> = {
  6: ['spu_audit'],
  7: ['pay_order', 'ec_order'],
  8: ['send_delivery'],
  9: ['add_aftersale', 'ec_after_sale'],
  19: ['pay_order', 'ec_order'],
  20: ['add_aftersale', 'ec_after_sale'],
}
const TESTED = 10
const RELEASED = 11

/** An access as register/check tells it. */
export function toAccess(access: ShopAccess, scenes: readonly ShopScene[]) {
  return {
    status: access.bannedAt ? ACCESS_STATUS.banned : ACCESS_STATUS.connected,
    access_info: toAccessInfo(access),
    scene_group_list: scenes.map(({ sceneId, application }) => toScene(sceneId, application)),
  }
}

/** Goods and orders are outside this server, so a task went well when the merchant says that it is done. */
function toAccessInfo({ finishedItems }: ShopAccess) {
  const done = new Set(finishedItems.flatMap((item) => TASKS[item] ?? []))
  const flag = (task: Task) => (done.has(task) ? 1 : 0)
  const tested = finishedItems.includes(TESTED) ? 1 : 0
  const released = finishedItems.includes(RELEASED) ? 1 : 0
  const isAllDone = Object.values(TASKS).every((tasks) => tasks.every((task) => done.has(task)))
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
    open_product_task_finished: tested && released && isAllDone ? 1 : 0,
  }
}

/** Where customer service is found, as account/get_info tells it: nothing is left out. */
export const toServiceInfo = (service: ServiceInfo | null) => ({
  service_agent_path: service?.service_agent_path ?? '',
  service_agent_phone: service?.service_agent_phone ?? '',
  service_agent_type: service?.service_agent_type ?? [],
})
