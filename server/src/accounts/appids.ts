import type { Kysely } from 'kysely'
import type { Schema } from '../db/schema.ts'
import { listAppids } from './account.store.ts'

/** Appids that are kept in mind: a few megabytes. */
const KNOWN_MAX = 10_000

/** The appids of accounts, which never change: a list asks the database only for those that it has not shown lately. */
export class Appids {
  readonly #db: Kysely<Schema>
  readonly #known = new Map<number, string>()

  constructor(db: Kysely<Schema>) {
    this.#db = db
  }

  /** The appids of those among these accounts that exist, by account. */
  async find(accountIds: readonly number[]): Promise<Map<number, string>> {
    const found = new Map<number, string>()
    const unknown = new Set<number>()
    for (const accountId of accountIds) {
      const appid = this.#known.get(accountId)
      if (appid === undefined) unknown.add(accountId)
      else found.set(accountId, appid)
    }
    if (unknown.size === 0) return found
    const rows = await listAppids(this.#db, [...unknown])
    if (this.#known.size + rows.length > KNOWN_MAX) this.#known.clear()
    for (const { account_id, appid } of rows) {
      found.set(account_id, appid)
      this.#known.set(account_id, appid)
    }
    return found
  }

  /** The appid of an account; empty where there is none. */
  async of(accountId: number): Promise<string> {
    return (await this.find([accountId])).get(accountId) ?? ''
  }
}
