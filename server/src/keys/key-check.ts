import type { Kysely } from 'kysely'
import { hashSecret } from '../accounts/secret.ts'
import type { KeyActor } from '../actors/actor.ts'
import type { Cache, Caches } from '../caches.ts'
import type { Schema } from '../db/schema.ts'
import type { FailureLog } from '../log/failure-log.ts'
import type { Clock } from '../time/clock.ts'
import { findKey, saveKeyUse } from './api-key.store.ts'
import { type ApiKey, isUsable } from './api-key.ts'

/** How long a key counts without another look. Unit: milliseconds of the machine's time. */
const TTL_MS = 3000
/** How old its last use may be told, as above. */
const LAST_USE_MS = 5 * 60_000

interface CheckParts {
  db: Kysely<Schema>
  clock: Clock
  failures: FailureLog
  caches: Caches
}

/**
 * Tells keys of the native API from other texts. A key that was good a moment ago costs no query; one that is revoked is
 * noticed within three seconds. Only good keys are kept in mind, so there are few.
 */
export class KeyCheck implements Cache {
  readonly #parts: CheckParts
  readonly #known = new Map<string, { apiKey: ApiKey; until: number }>()
  #generation = 0

  constructor(parts: CheckParts) {
    this.#parts = parts
    parts.caches.register(this)
  }

  /** The key as an actor, if it is one that counts now. */
  async find(key: string): Promise<KeyActor | undefined> {
    const { clock } = this.#parts
    const entry = this.#known.get(key)
    const apiKey = entry && entry.until > clock.machine() ? entry.apiKey : await this.#look(key)
    if (!apiKey || !isUsable(apiKey, clock.installation())) return undefined
    return { type: 'key', name: apiKey.name, roles: apiKey.roles }
  }

  /** After a key was revoked by this process, too. */
  empty(): void {
    this.#generation += 1
    this.#known.clear()
  }

  async #look(key: string): Promise<ApiKey | undefined> {
    const { db, clock } = this.#parts
    const [generation, until] = [this.#generation, clock.machine() + TTL_MS]
    const apiKey = await findKey(db, hashSecret(key))
    if (!apiKey || !isUsable(apiKey, clock.installation())) {
      this.#known.delete(key)
      return undefined
    }
    // What was read before a key was revoked here is not kept, and what was read slowly not longer.
    if (generation === this.#generation) this.#known.set(key, { apiKey, until })
    this.#noteUse(apiKey)
    return apiKey
  }

  /** Nobody waits for it: on Citus it asks every node, of which one may be down. */
  #noteUse({ name, lastUsedAt }: ApiKey): void {
    const { db, clock, failures } = this.#parts
    const now = clock.installation()
    if (lastUsedAt && now.getTime() - lastUsedAt.getTime() < LAST_USE_MS) return
    saveKeyUse(db, name, now).catch((error) => failures.tell(error, { key: name }, 'a key’s last use was not noted'))
  }
}
