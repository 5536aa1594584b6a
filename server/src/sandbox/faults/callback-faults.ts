import type { Kysely } from 'kysely'
import type { Caches } from '../../caches.ts'
import { type CallbackSetting, findCallbackSetting } from '../../callbacks/callback-setting.store.ts'
import { deliveryQueue } from '../../callbacks/delivery.queue.ts'
import type { Delivery } from '../../callbacks/delivery.store.ts'
import type { DeliveryFault, DeliveryFaults } from '../../callbacks/delivery-faults.ts'
import type { Schema } from '../../db/schema.ts'
import type { Clock } from '../../time/clock.ts'
import { findOldKey, saveOldKey } from './fault.store.ts'
import type { FaultRules } from './fault-rules.ts'

/** What the rules do to callbacks. */
export class CallbackFaults implements DeliveryFaults {
  readonly #db: Kysely<Schema>
  readonly #clock: Clock
  readonly #rules: FaultRules
  /** Deliveries that are held back until a later one of their account has gone. */
  readonly #held = new Map<number, number>()

  constructor({ db, clock, rules, caches }: { db: Kysely<Schema>; clock: Clock; rules: FaultRules; caches: Caches }) {
    caches.register(this)
    this.#db = db
    this.#clock = clock
    this.#rules = rules
  }

  empty(accountId?: number): void {
    if (accountId === undefined) this.#held.clear()
    else this.#held.delete(accountId)
  }

  async ofDelivery(delivery: Delivery, setting: CallbackSetting): Promise<DeliveryFault | undefined> {
    const { accountId, event } = delivery
    await this.#rules.load()
    const struck = { where: null, event } as const
    if (!this.#rules.mayStrike(accountId, struck)) return undefined
    const { canStrike, toDeliveryFault } = await import('./callback-fault.ts')
    const oldKey = await findOldKey(this.#db, accountId)
    const known = { oldKey, holdsOne: this.#held.has(accountId) }
    const [strike] = this.#rules.take(accountId, struck, ({ effect }) => canStrike(effect, delivery, setting, known))
    if (!strike) return undefined
    if (strike.effect.type === 'callback_reorder') this.#held.set(accountId, delivery.deliveryNo)
    return { injectedBy: strike.injectedBy, ...toDeliveryFault(strike.effect, oldKey) }
  }

  async tried({ accountId, deliveryNo }: Delivery, fault: DeliveryFault | undefined): Promise<void> {
    if (fault?.isRepeated) deliveryQueue.wake(this.#db, accountId)
    const held = this.#held.get(accountId)
    if (held === undefined || deliveryNo < held || (held === deliveryNo && fault?.unsent)) return
    if (held !== deliveryNo) {
      const { bringForward } = await import('./held-delivery.store.ts')
      const dueAt = this.#clock.due(accountId)
      if (!(await bringForward(this.#db, { accountId, deliveryNo: held, dueAt }))) return
      deliveryQueue.wake(this.#db, accountId)
    }
    this.#held.delete(accountId)
  }

  async keepOldKey(trx: Kysely<Schema>, accountId: number, next: CallbackSetting): Promise<void> {
    const before = await findCallbackSetting(trx, accountId)
    if (!before?.encodingAesKey || before.encodingAesKey === next.encodingAesKey) return
    await saveOldKey(trx, accountId, before.encodingAesKey)
  }
}
