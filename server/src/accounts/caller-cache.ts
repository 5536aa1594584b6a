import type { Cache, Caches } from '../caches.ts'
import { elapsed } from '../time/elapsed.ts'
import type { Account } from './account.ts'
import type { AccountCache } from './account-cache.ts'
import type { AccountLimits } from './account-limits.ts'

/** The account behind a call, and what every call needs to know of it. */
export interface Caller {
  account: Account
  limits: AccountLimits
}

/** A token that was looked up. */
export interface KnownToken extends Caller {
  /** Whether Shake Nearby was found open for the account; once it is, it stays. */
  activated: boolean
  /** Whether the shop component was found open for it. */
  connected: boolean
  expiresAt: Date
}

/**
 * How long an answer counts without another look: where other servers may have changed what was read, and where this
 * process alone writes to the database and forgets what it changes. Unit: milliseconds of the machine's time.
 */
export const CALLER_TTL_MS = { shared: 3000, alone: 60_000 } as const
const TOKENS_MAX = 10_000

/**
 * Tokens that were valid a moment ago, so that the common call costs no query for its token. Another process that ends
 * a token is noticed within three seconds; this process forgets an account's tokens when it changes them.
 */
export class CallerCache implements AccountCache, Cache {
  readonly #ttlMs: number
  readonly #known = new Map<string, { token: KnownToken; until: number }>()
  #generation = 0
  readonly #byAccount = new Map<number, Set<string>>()

  constructor(caches: Caches, ttlMs: number = CALLER_TTL_MS.shared) {
    this.#ttlMs = ttlMs
    caches.register(this)
  }

  find(token: string): KnownToken | undefined {
    const entry = this.#known.get(token)
    return entry && entry.until > elapsed() ? entry.token : undefined
  }

  /** How often anything was forgotten: whoever looks a token up notes it first. */
  get generation(): number {
    return this.#generation
  }

  /** @param generation from before the look: what was seen then may have been forgotten since, and is not kept */
  remember(token: string, known: KnownToken, generation = this.#generation): void {
    if (generation !== this.#generation) return
    const { accountId } = known.account
    const before = this.#known.get(token)
    if (before) {
      known.activated ||= before.token.activated
      this.#drop(token, accountId)
    }
    this.#dropOldest()
    this.#known.set(token, { token: known, until: elapsed() + this.#ttlMs })
    const tokens = this.#byAccount.get(accountId) ?? new Set()
    this.#byAccount.set(accountId, tokens.add(token))
  }

  /** After anything that a call reads of an account has changed. */
  forget(accountId: number): void {
    this.#generation += 1
    for (const token of this.#byAccount.get(accountId) ?? []) this.#known.delete(token)
    this.#byAccount.delete(accountId)
  }

  empty(accountId?: number): void {
    this.#generation += 1
    for (const known of accountId === undefined ? this.#byAccount.keys() : [accountId]) this.forget(known)
  }

  /** Make room for one more. Those that were looked up last stand last. */
  #dropOldest(): void {
    if (this.#known.size < TOKENS_MAX) return
    for (const [token, entry] of this.#known) {
      this.#drop(token, entry.token.account.accountId)
      return
    }
  }

  #drop(token: string, accountId: number): void {
    this.#known.delete(token)
    const tokens = this.#byAccount.get(accountId)
    tokens?.delete(token)
    if (tokens?.size === 0) this.#byAccount.delete(accountId)
  }
}
