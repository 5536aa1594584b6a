import type { Kysely } from 'kysely'
import type { Cache, Caches } from '../caches.ts'
import type { Schema } from '../db/schema.ts'
import { type AccountName, listNames } from './account-name.store.ts'

/** Accounts that are kept in mind: a few megabytes. */
const KNOWN_MAX = 10_000

/** What accounts are called, which never changes: a list asks the database only for those that it has not shown lately. */
export class AccountNames implements Cache {
  readonly #db: Kysely<Schema>
  readonly #known = new Map<number, AccountName>()
  #emptied = 0

  constructor(db: Kysely<Schema>, caches: Caches) {
    this.#db = db
    caches.register(this)
  }

  empty(accountId?: number): void {
    this.#emptied += 1
    if (accountId === undefined) this.#known.clear()
    else this.#known.delete(accountId)
  }

  /** Find the names of accounts. @returns for each of them that exists */
  async find(accountIds: readonly number[]): Promise<Map<number, AccountName>> {
    const found = new Map<number, AccountName>()
    const unknown = new Set<number>()
    for (const accountId of accountIds) {
      const names = this.#known.get(accountId)
      if (names === undefined) unknown.add(accountId)
      else found.set(accountId, names)
    }
    if (unknown.size === 0) return found
    const emptied = this.#emptied
    const read = await listNames(this.#db, [...unknown])
    if (this.#known.size + read.size > KNOWN_MAX) this.#known.clear()
    for (const [accountId, names] of read) {
      found.set(accountId, names)
      if (emptied === this.#emptied) this.#known.set(accountId, names)
    }
    return found
  }

  /** The names of an account; empty where there is none. */
  async of(accountId: number): Promise<AccountName> {
    return (await this.find([accountId])).get(accountId) ?? { accountId, appid: '', name: '' }
  }
}
