import type { Kysely } from 'kysely'
import { hashSecret } from '../../accounts/secret.ts'
import type { Cache, Caches } from '../../caches.ts'
import type { Schema } from '../../db/schema.ts'
import type { FailureLog } from '../../log/failure-log.ts'
import type { Clock } from '../../time/clock.ts'
import { findSession, saveSessionUse } from './session.store.ts'
import type { SessionLimits, SignedIn } from './session.ts'

/** How long a session counts without another look. Unit: milliseconds of the machine's time. */
const TTL_MS = 3000
const KNOWN_MAX = 10_000
/** How old the last use of a session may be told, as above. */
const LAST_USE_MS = 60_000

interface CheckParts {
  db: Kysely<Schema>
  clock: Clock
  failures: FailureLog
  limits: SessionLimits
  caches: Caches
}

interface Known {
  signedIn: SignedIn
  until: number
}

/**
 * Tells who is signed in by a token. A session that went on a moment ago costs no query; one that this process ends is known
 * at once, one that another process ends within three seconds. Only sessions that go on are kept in mind.
 */
export class SessionCheck implements Cache {
  readonly limits: SessionLimits
  readonly #parts: CheckParts
  readonly #known = new Map<string, Known>()
  #generation = 0

  constructor(parts: CheckParts) {
    this.#parts = parts
    this.limits = parts.limits
    parts.caches.register(this)
  }

  async find(token: string): Promise<SignedIn | undefined> {
    const now = this.#parts.clock.machine()
    const known = this.#known.get(token)
    const signedIn = known && known.until > now ? known.signedIn : await this.#look(token, now)
    if (!signedIn || !this.#goesOn(signedIn, now)) return undefined
    this.#noteUse(signedIn, now)
    return signedIn
  }

  /** After this process has ended a session, or changed whose it is: one look more for each of the others. */
  empty(): void {
    this.#generation += 1
    this.#known.clear()
  }

  async #look(token: string, now: number): Promise<SignedIn | undefined> {
    this.#known.delete(token)
    const generation = this.#generation
    const signedIn = await findSession(this.#parts.db, hashSecret(token))
    // What was seen before something was forgotten is not kept.
    if (signedIn && generation === this.#generation) this.#remember(token, { signedIn, until: now + TTL_MS })
    return signedIn
  }

  #remember(token: string, known: Known): void {
    const [oldest] = this.#known.keys()
    if (this.#known.size >= KNOWN_MAX && oldest !== undefined) this.#known.delete(oldest)
    this.#known.set(token, known)
  }

  #goesOn({ session }: SignedIn, now: number): boolean {
    return session.endsAt.getTime() > now && session.lastUsedAt.getTime() + this.limits.idleMs > now
  }

  /** Nobody waits for it. */
  #noteUse({ session, staff }: SignedIn, now: number): void {
    if (now - session.lastUsedAt.getTime() < Math.min(LAST_USE_MS, this.limits.idleMs / 10)) return
    session.lastUsedAt = new Date(now)
    const { db, failures } = this.#parts
    saveSessionUse(db, session.sessionId, now).catch((error) =>
      failures.tell(error, { staff: staff.name }, 'a session’s last use was not noted'),
    )
  }
}
