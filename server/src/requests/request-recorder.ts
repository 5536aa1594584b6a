import type { Cache, Caches } from '../caches.ts'
import type { Database } from '../db/open.ts'
import { AccountWrites } from '../jobs/account-writes.ts'
import type { FailureLog } from '../log/failure-log.ts'
import { chinaDay } from '../time/china-time.ts'
import type { Clock } from '../time/clock.ts'
import { deleteRecords, insertRecords } from './request-record.store.ts'
import { type RequestRecord, toStored } from './request-record.ts'
import { RID_LIFETIME_MS } from './rid.ts'
import { WaitingRecords } from './waiting-records.ts'

/** The newest requests that are kept of an account. Source: docs/protocol/platform.md, openapi/rid/get. */
export const RECORDS_MAX = 1000
/** Successes that are kept in a second: they are in the sandbox alone, where people look at single calls. */
const WENT_WELL_MAX = 100
/**
 * Records of a day, in UTC+8, that are kept of callers who show only an account's appid. In the seven days for which records
 * are kept, they displace at most a third of the account's own.
 */
export const STRANGERS_MAX = 50
/** Accounts of which strangers' requests are kept in one day. */
const STRANGE_ACCOUNTS_MAX = 10_000
/**
 * An account's old records are looked for when so many new ones have come to this process, so that ten thousand accounts
 * that begin to call cost no look each.
 */
export const NEW_ONES = 100

/** Accounts whose records are written together, and single ones that are written at once when that fails. */
const WRITES = { together: 100, places: 4 }

interface RecorderParts {
  db: Database
  clock: Clock
  failures: FailureLog
  caches: Caches
}

/**
 * Keeps requests to be found by their rid. They wait in memory and are written together, after the answers, about once a
 * second. What cannot be written waits on; beyond a thousand waiting the older ones are dropped.
 */
export class RequestRecorder implements Cache {
  readonly #db: Database
  readonly #clock: Clock
  readonly #failures: FailureLog
  readonly #waiting = new WaitingRecords()
  readonly #writes: AccountWrites
  /** Records whose texts are as they are stored. */
  readonly #stored = new WeakSet<RequestRecord>()
  /** Rids of what is being written. */
  readonly #underWay = new Set<string>()
  #wentWell = 0
  /** Strangers' requests of each account today. */
  readonly #strange = new Map<number, number>()
  #day = 0
  /** Records of each account since its old ones were looked for. */
  readonly #since = new Map<number, number>()

  constructor({ db, clock, failures, caches }: RecorderParts) {
    caches.register(this)
    this.#db = db
    this.#clock = clock
    this.#failures = failures
    const onFailure = (error: unknown) => failures.tell(error, {}, 'requests could not be kept and are tried again')
    this.#writes = new AccountWrites({ ...WRITES, write: (accountIds) => this.#write(accountIds), onFailure })
  }

  /** Whether one more request that went well will be kept. */
  get keepsWentWell(): boolean {
    return this.#wentWell < WENT_WELL_MAX && !this.#waiting.isFull
  }

  keep(record: RequestRecord, { wentWell, isStranger }: { wentWell: boolean; isStranger: boolean }): void {
    if (isStranger && !this.#takeStranger(record)) return
    if (wentWell) this.#wentWell += 1
    this.#waiting.add(record)
  }

  #takeStranger({ accountId, at }: RequestRecord): boolean {
    const day = chinaDay(at)
    if (day !== this.#day) this.#strange.clear()
    this.#day = day
    const kept = this.#strange.get(accountId) ?? 0
    if (kept >= STRANGERS_MAX || (kept === 0 && this.#strange.size >= STRANGE_ACCOUNTS_MAX)) return false
    this.#strange.set(accountId, kept + 1)
    return true
  }

  /** Whether a request of any account is kept that is not in the database yet. */
  holds(rid: string): boolean {
    return this.#underWay.has(rid) || this.#waiting.has(rid)
  }

  /** Begin to write what waits, and delete what is too old or too much. An account that cannot be written holds up no other. */
  writeAll(): Promise<void> {
    this.#wentWell = 0
    return this.#writes.writeAll(this.#waiting.accountIds())
  }

  /** Write all that waits, as far as it can be written. */
  flush(): Promise<void> {
    return this.#writes.flush(() => this.#waiting.accountIds())
  }

  /** Write what waits for one account. @throws what its write fails with */
  flushAccount(accountId: number): Promise<void> {
    return this.#writes.write(accountId)
  }

  async empty(accountId?: number): Promise<void> {
    this.#waiting.drop(accountId)
    await this.#writes.idle(accountId)
    // What was under way and failed waits again.
    this.#waiting.drop(accountId)
    for (const kept of [this.#strange, this.#since]) {
      if (accountId === undefined) kept.clear()
      else kept.delete(accountId)
    }
  }

  async #write(accountIds: readonly number[]): Promise<void> {
    const taken = accountIds.map((accountId) => this.#waiting.take(accountId).map((record) => this.#toStored(record)))
    for (const { rid } of taken.flat()) this.#underWay.add(rid)
    try {
      await insertRecords(this.#db, taken.flat())
    } catch (error) {
      for (const records of taken) this.#waiting.takeBack(records)
      throw error
    } finally {
      for (const { rid } of taken.flat()) this.#underWay.delete(rid)
    }
    for (const [first, ...others] of taken) {
      // They are kept, and are no reason to write them again: the next ones try to delete the same.
      if (first) await this.#deleteOld(first.accountId, 1 + others.length).catch((error) => this.#tellUndeleted(error))
    }
  }

  /** Without its secrets, and shortened: once, also of a record that is written at the second try. */
  #toStored(record: RequestRecord): RequestRecord {
    if (this.#stored.has(record)) return record
    const stored = toStored(record)
    this.#stored.add(stored)
    return stored
  }

  #tellUndeleted(error: unknown): void {
    this.#failures.tell(error, {}, 'old requests could not be deleted')
  }

  async #deleteOld(accountId: number, added: number): Promise<void> {
    const since = (this.#since.get(accountId) ?? 0) + added
    this.#since.set(accountId, since)
    if (since < NEW_ONES) return
    const before = new Date(this.#clock.now(accountId).getTime() - RID_LIFETIME_MS)
    await deleteRecords(this.#db, { accountId, before, keep: RECORDS_MAX })
    this.#since.set(accountId, 0)
  }
}
