import type { RequestRecord } from './request-record.ts'

/** Records that wait to be written, of all accounts. */
export const WAITING_MAX = 1000
/** What they take at the most: twice a thousand of the longest that are stored. Unit: bytes. */
export const WAITING_BYTES_MAX = 24 * 1024 * 1024

/** UTF-16 has two bytes a unit; the rest is what an object and its few numbers take, about. */
const bytesOf = ({ url, requestBody, responseBody, clientIp, rid, path, findings }: RequestRecord): number =>
  2 * (url.length + requestBody.length + responseBody.length + clientIp.length + rid.length) +
  2 * (path.length + findings.length) +
  256

/**
 * Records in memory until they are written, bounded in number and in bytes. Where there is no room for one more, the
 * account that has the most waiting loses its oldest: the newest are what somebody looks for, and no account takes the room
 * of the others.
 */
export class WaitingRecords {
  readonly #accounts = new Map<number, RequestRecord[]>()
  #count = 0
  #bytes = 0

  get isFull(): boolean {
    return this.#count >= WAITING_MAX || this.#bytes >= WAITING_BYTES_MAX
  }

  accountIds(): Iterable<number> {
    return this.#accounts.keys()
  }

  add(record: RequestRecord): void {
    const records = this.#accounts.get(record.accountId) ?? []
    this.#accounts.set(record.accountId, records)
    records.push(record)
    this.#reckon([record], 1)
    this.#makeRoom()
  }

  /** Whether one of any account waits. */
  has(rid: string): boolean {
    return [...this.#accounts.values()].flat().some((record) => record.rid === rid)
  }

  /** What waits for an account, the oldest first, to be written: it waits no more. */
  take(accountId: number): RequestRecord[] {
    const records = this.#accounts.get(accountId) ?? []
    this.#accounts.delete(accountId)
    this.#reckon(records, -1)
    return records
  }

  /** @param accountId only those of this account */
  drop(accountId?: number): void {
    for (const id of accountId === undefined ? [...this.#accounts.keys()] : [accountId]) this.take(id)
  }

  /** Records of one account that were taken and could not be written wait again, before those that came since. */
  takeBack(records: readonly RequestRecord[]): void {
    const accountId = records[0]?.accountId
    if (accountId === undefined) return
    this.#accounts.set(accountId, [...records, ...(this.#accounts.get(accountId) ?? [])])
    this.#reckon(records, 1)
    this.#makeRoom()
  }

  #makeRoom(): void {
    while (this.#count > WAITING_MAX || this.#bytes > WAITING_BYTES_MAX) {
      let most: RequestRecord[] = []
      for (const records of this.#accounts.values()) if (records.length > most.length) most = records
      const oldest = most.shift()
      if (!oldest) return
      this.#reckon([oldest], -1)
      if (most.length === 0) this.#accounts.delete(oldest.accountId)
    }
  }

  #reckon(records: readonly RequestRecord[], sign: 1 | -1): void {
    this.#count += sign * records.length
    for (const record of records) this.#bytes += sign * bytesOf(record)
  }
}
