import type { Kysely } from 'kysely'
import type { Cache, Caches } from '../caches.ts'
import type { Schema } from '../db/schema.ts'
import { type BeaconScheme, endOfDeviceIds } from './beacon.ts'
import { readBeaconScheme } from './device-batch.store.ts'

/**
 * The beacon scheme as this server read it last. An operator adds UUIDs while servers run: they are read again every few
 * seconds, and at once for a device that those known have no beacon for.
 */
export class LiveBeaconScheme implements BeaconScheme, Cache {
  readonly #db: Kysely<Schema>
  #scheme: BeaconScheme
  #reading: Promise<void> | undefined

  private constructor(db: Kysely<Schema>, scheme: BeaconScheme, caches: Caches) {
    this.#db = db
    this.#scheme = scheme
    caches.register(this)
  }

  static async read(db: Kysely<Schema>, caches: Caches): Promise<LiveBeaconScheme> {
    return new LiveBeaconScheme(db, await readBeaconScheme(db), caches)
  }

  async empty(): Promise<void> {
    await this.#reading
    await this.refresh()
  }

  get uuids(): readonly string[] {
    return this.#scheme.uuids
  }

  get nonzeroFrom(): number {
    return this.#scheme.nonzeroFrom
  }

  /** Know the beacon of a device that was handed out, and of those with lower IDs: perhaps by another server, by a new UUID. */
  async cover(deviceId: number): Promise<void> {
    if (deviceId >= endOfDeviceIds(this)) await this.refresh()
  }

  /** Read it again, once for all who ask meanwhile. */
  refresh(): Promise<void> {
    this.#reading ??= this.#read().finally(() => {
      this.#reading = undefined
    })
    return this.#reading
  }

  async #read(): Promise<void> {
    this.#scheme = await readBeaconScheme(this.#db)
  }
}
