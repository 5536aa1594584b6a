import type { Database } from '../db/open.ts'
import { chinaDay } from '../time/china-time.ts'
import type { Clock } from '../time/clock.ts'
import { maskBody, maskUrl } from './mask-secrets.ts'
import { deleteRecords, insertRecords } from './request-record.store.ts'
import { type RequestRecord, toKept } from './request-record.ts'
import { RID_LIFETIME_MS } from './rid.ts'

/** The newest requests that are kept of an account. Source: docs/protocol/platform.md, openapi/rid/get. */
export const RECORDS_MAX = 1000
/** Requests that wait to be written at the most; further ones are not kept. */
const WAITING_MAX = 1000
/** Of these, successes: they are kept in the sandbox alone, where people look at single calls. */
const WENT_WELL_MAX = 100
/**
 * Records of a day, in UTC+8, that are kept of callers who show only an account's appid. In the seven days for which records
 * are kept, they displace at most a third of the account's own.
 */
export const STRANGERS_MAX = 50
/** Accounts of which strangers' requests are kept in one day. */
const STRANGE_ACCOUNTS_MAX = 10_000
/** An account's old records are looked for when so many new ones have come. */
const NEW_ONES = 100

/**
 * Keeps requests to be found by their rid. They wait in memory and are written together, after the answers; beyond a
 * thousand a second they are dropped.
 */
export class RequestRecorder {
  readonly #db: Database
  readonly #clock: Clock
  #waiting: RequestRecord[] = []
  #wentWell = 0
  /** Strangers' requests of each account today. */
  readonly #strange = new Map<number, number>()
  #day = 0
  /** Records of each account since its old ones were looked for. */
  readonly #since = new Map<number, number>()

  constructor({ db, clock }: { db: Database; clock: Clock }) {
    this.#db = db
    this.#clock = clock
  }

  /** Whether one more request that went well will be kept. */
  get keepsWentWell(): boolean {
    return this.#wentWell < WENT_WELL_MAX && this.#waiting.length < WAITING_MAX
  }

  keep(record: RequestRecord, { wentWell, isStranger }: { wentWell: boolean; isStranger: boolean }): void {
    if (this.#waiting.length >= WAITING_MAX) return
    if (isStranger && !this.#takeStranger(record)) return
    if (wentWell) this.#wentWell += 1
    this.#waiting.push(record)
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

  /** Write what waits, without its secrets, and delete what is too old or too much. */
  async flush(): Promise<void> {
    const records = this.#waiting
    this.#waiting = []
    this.#wentWell = 0
    if (records.length === 0) return
    await this.#db.transaction().execute(async (trx) => {
      await insertRecords(trx, records.map(toStored))
      for (const accountId of this.#accountsDue(records)) {
        const before = new Date(this.#clock.now().getTime() - RID_LIFETIME_MS)
        await deleteRecords(trx, { accountId, before, keep: RECORDS_MAX })
      }
    })
  }

  #accountsDue(records: readonly RequestRecord[]): number[] {
    const due: number[] = []
    for (const [accountId, { length }] of Map.groupBy(records, (record) => record.accountId)) {
      const since = (this.#since.get(accountId) ?? NEW_ONES) + length
      this.#since.set(accountId, since < NEW_ONES ? since : 0)
      if (since >= NEW_ONES) due.push(accountId)
    }
    return due
  }
}

const toStored = (record: RequestRecord): RequestRecord => ({
  ...record,
  url: toKept(record.url, maskUrl),
  requestBody: toKept(record.requestBody, maskBody),
  responseBody: toKept(record.responseBody, maskBody),
  clientIp: record.clientIp.slice(0, 64),
})
