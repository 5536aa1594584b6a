import type { Kysely } from 'kysely'
import { findAccount } from '../accounts/account.store.ts'
import { isActivated } from '../activations/account-activation.kind.ts'
import type { Cache, Caches } from '../caches.ts'
import type { Schema } from '../db/schema.ts'
import { type DeviceRange, findRangeOfDevice } from '../device-batches/device-range.store.ts'

interface ShakeAccount {
  appid: string
}

export interface DeviceOwner {
  range: DeviceRange
  account: ShakeAccount
}

/** Ranges that a server keeps in mind: about 10 MB. */
const RANGES_MAX = 100_000

/**
 * The owner of a device among all accounts that have Shake Nearby open. A range never changes and an open account stays
 * open, so a server reads each once; what was not found is looked up again every time.
 * Source: docs/decisions/0011-whose-device.md.
 */
export class DeviceOwners implements Cache {
  readonly #db: Kysely<Schema>
  /** By `lastDeviceId`. */
  #ranges: DeviceRange[] = []
  readonly #accounts = new Map<number, ShakeAccount>()
  #emptied = 0

  constructor(db: Kysely<Schema>, caches: Caches) {
    this.#db = db
    caches.register(this)
  }

  empty(): void {
    this.#emptied += 1
    this.#ranges = []
    this.#accounts.clear()
  }

  /** The owner of a device, or undefined when nobody has it or the account may not use Shake Nearby. */
  async find(deviceId: number): Promise<DeviceOwner | undefined> {
    const range = this.#known(deviceId) ?? (await this.#learn(deviceId))
    if (!range) return undefined
    const account = this.#accounts.get(range.accountId) ?? (await this.#learnAccount(range.accountId))
    return account && { range, account }
  }

  #known(deviceId: number): DeviceRange | undefined {
    const range = this.#ranges[this.#placeOf(deviceId)]
    return range && range.firstDeviceId <= deviceId ? range : undefined
  }

  /** The place of the first range that ends at the device or after it. */
  #placeOf(deviceId: number): number {
    let [low, high] = [0, this.#ranges.length]
    while (low < high) {
      const middle = (low + high) >>> 1
      const range = this.#ranges[middle]
      if (range && range.lastDeviceId < deviceId) low = middle + 1
      else high = middle
    }
    return low
  }

  async #learn(deviceId: number): Promise<DeviceRange | undefined> {
    const emptied = this.#emptied
    const range = await findRangeOfDevice(this.#db, deviceId)
    if (!range || emptied !== this.#emptied) return range
    if (this.#ranges.length >= RANGES_MAX) this.#ranges = []
    const place = this.#placeOf(range.lastDeviceId)
    const isNew = this.#ranges[place]?.lastDeviceId !== range.lastDeviceId
    if (isNew) this.#ranges.splice(place, 0, range)
    return range
  }

  async #learnAccount(accountId: number): Promise<ShakeAccount | undefined> {
    const emptied = this.#emptied
    if (!(await isActivated(this.#db, accountId))) return undefined
    const found = await findAccount(this.#db, accountId)
    if (!found) return undefined
    const account = { appid: found.appid }
    if (emptied === this.#emptied) this.#accounts.set(accountId, account)
    return account
  }
}
