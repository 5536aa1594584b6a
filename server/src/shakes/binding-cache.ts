import type { Kysely } from 'kysely'
import type { AccountCache } from '../accounts/account-cache.ts'
import type { Cache, Caches } from '../caches.ts'
import type { Schema } from '../db/schema.ts'
import type { DeviceRange } from '../device-batches/device-range.store.ts'
import { countsFor } from '../stores/counts-for.ts'
import { elapsed } from '../time/elapsed.ts'
import { type BoundPage, type BoundStore, type DeviceStore, findBoundStore, listPagesOfDevices } from './shake.store.ts'

/** How long an answer counts without another look. Unit: milliseconds of the machine's time. */
const TTL_MS = 1000
/** Devices and stores that are kept in mind. */
const KEPT_MAX = 20_000

interface Remembered<T> {
  value: T
  until: number
}

/**
 * What devices are bound to, as it was a moment ago: people shake near the same devices, so that most shakes cost no query.
 * What another server changes is noticed within a second; what this one changes it forgets at once.
 */
export class BindingCache implements AccountCache, Cache {
  readonly #db: Kysely<Schema>
  readonly #pages = new Map<number, Map<number, Remembered<BoundPage[]>>>()
  readonly #stores = new Map<string, Remembered<BoundStore | undefined>>()
  #kept = 0
  /** Goes up with every change: what was asked for before one is not kept after it. */
  #changes = 0

  constructor(db: Kysely<Schema>, caches: Caches) {
    this.#db = db
    caches.register(this)
  }

  /** The pages of an account's devices, by device; of a device without any perhaps nothing. */
  async pagesOf(accountId: number, deviceIds: readonly number[]): Promise<Map<number, BoundPage[]>> {
    const now = elapsed()
    const known = this.#ofAccount(accountId)
    const found = new Map<number, BoundPage[]>()
    const wanted: { deviceId: number }[] = []
    for (const deviceId of deviceIds) {
      const remembered = known.get(deviceId)
      if (remembered && remembered.until > now) found.set(deviceId, remembered.value)
      else wanted.push({ deviceId })
    }
    if (wanted.length === 0) return found
    const changes = this.#changes
    const pages = Map.groupBy(await listPagesOfDevices(this.#db, accountId, wanted), ({ deviceId }) => deviceId)
    for (const { deviceId } of wanted) {
      const value = pages.get(deviceId) ?? []
      found.set(deviceId, value)
      if (changes !== this.#changes) continue
      this.#makeRoom()
      this.#ofAccount(accountId).set(deviceId, { value, until: now + TTL_MS })
    }
    return found
  }

  /** The store that a device is bound to, while it counts. */
  async storeOf(range: DeviceRange, device: DeviceStore): Promise<BoundStore | undefined> {
    const store = await this.#findStore(range, device)
    return store && countsFor(range.accountId, store) ? store : undefined
  }

  async #findStore(range: DeviceRange, device: DeviceStore): Promise<BoundStore | undefined> {
    const poiId = device.poiId ?? range.poiId
    if (!poiId) return undefined
    const now = elapsed()
    const key = `${device.poiAppid ?? range.accountId}/${poiId}`
    const remembered = this.#stores.get(key)
    if (remembered && remembered.until > now) return remembered.value
    const changes = this.#changes
    const value = await findBoundStore(this.#db, range, device)
    if (changes !== this.#changes) return value
    this.#makeRoom()
    this.#stores.set(key, { value, until: now + TTL_MS })
    return value
  }

  forget(accountId: number): void {
    this.#changes += 1
    this.#pages.delete(accountId)
    // Another account's device may be bound to this one's store.
    this.#stores.clear()
  }

  empty(accountId?: number): void {
    this.#changes += 1
    if (accountId === undefined) this.#clear()
    else this.forget(accountId)
  }

  #ofAccount(accountId: number): Map<number, Remembered<BoundPage[]>> {
    const known = this.#pages.get(accountId)
    if (known) return known
    const devices = new Map<number, Remembered<BoundPage[]>>()
    this.#pages.set(accountId, devices)
    return devices
  }

  #makeRoom(): void {
    this.#kept += 1
    if (this.#kept > KEPT_MAX) this.#clear()
  }

  #clear(): void {
    this.#pages.clear()
    this.#stores.clear()
    this.#kept = 0
  }
}
