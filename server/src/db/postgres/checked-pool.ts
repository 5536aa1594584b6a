import type pg from 'pg'
import { elapsed } from '../../time/elapsed.ts'
import type { Damage } from '../damage.ts'
import type { SessionSettings } from './citus.ts'
import { PipeliningClient } from './pipelining-client.ts'

type PooledClient = pg.PoolClient & PipeliningClient

/**
 * A pool that checks idle connections before it hands them out. A connection that answered a moment ago is used at once,
 * another one is asked for a sign of life. If it gives none, all that have been silent as long are destroyed with it, so
 * that no request waits for one dead connection after another.
 */
export class CheckedPool {
  readonly #pool: pg.Pool
  readonly #damage: Damage
  readonly #idleMs: number
  readonly #signOfLifeMs: number
  /** What each connection is told before it is used. */
  settings: SessionSettings | undefined
  /** When one was asked that did not answer, on the clock of `performance`. */
  #silentAt = Number.NEGATIVE_INFINITY

  constructor(
    pool: pg.Pool,
    { damage, idleMs, signOfLifeMs }: { damage: Damage; idleMs: number; signOfLifeMs: number },
  ) {
    this.#pool = pool
    this.#damage = damage
    this.#idleMs = idleMs
    this.#signOfLifeMs = signOfLifeMs
  }

  get options(): pg.PoolConfig {
    return this.#pool.options
  }

  /** @throws Error when no connection is free, or none can be made, in time, and when the database is damaged. */
  async connect(): Promise<PooledClient> {
    this.#damage.refuse()
    for (;;) {
      const client = await this.#pool.connect()
      if (!(client instanceof PipeliningClient)) throw new TypeError('the pool makes clients of another kind')
      if ((await this.#isAlive(client)) && (!this.settings || (await client.takes(this.settings)))) return client
      client.destroy()
      client.release(true)
    }
  }

  async end(): Promise<void> {
    if (!this.#pool.ending) await this.#pool.end()
  }

  async #isAlive(client: PooledClient): Promise<boolean> {
    if (client.isDestroyed || client.heardAt < this.#silentAt) return false
    const now = elapsed()
    if (now - client.heardAt < this.#idleMs) return true
    if (await client.isAlive(this.#signOfLifeMs)) return true
    this.#silentAt = Math.max(this.#silentAt, now)
    return false
  }
}
