import type { Cache, Caches } from '../caches.ts'
import type { RequestRecord } from './request-record.ts'

/** A request whose caller never became known. */
export type UnclaimedRecord = Omit<RequestRecord, 'accountId'>

const COUNT_MAX = 200
/** What they take at the most. Unit: characters. */
const LENGTH_MAX = 512 * 1024

const lengthOf = ({ url, requestBody, responseBody, findings }: UnclaimedRecord): number =>
  url.length + requestBody.length + responseBody.length + findings.length

/**
 * The newest requests that were refused before anybody knew whose they are, in the memory of a sandbox: a mistaken path or token is
 * what integrators ask about first. They belong to no account, so the wire finds none of them.
 */
export class UnclaimedRecords implements Cache {
  /** By rid, the oldest first. */
  readonly #records = new Map<string, UnclaimedRecord>()
  #length = 0

  constructor(caches: Caches) {
    caches.register(this)
  }

  add(record: UnclaimedRecord): void {
    this.#records.set(record.rid, record)
    this.#length += lengthOf(record)
    for (const [rid, oldest] of this.#records) {
      if (this.#records.size <= COUNT_MAX && this.#length <= LENGTH_MAX) return
      this.#records.delete(rid)
      this.#length -= lengthOf(oldest)
    }
  }

  find(rid: string): UnclaimedRecord | undefined {
    return this.#records.get(rid)
  }

  /** The newest first. */
  list(): UnclaimedRecord[] {
    return [...this.#records.values()].reverse()
  }

  /** They are of no account. */
  empty(accountId?: number): void {
    if (accountId !== undefined) return
    this.#records.clear()
    this.#length = 0
  }
}
