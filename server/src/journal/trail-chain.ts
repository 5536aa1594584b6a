import type { TrailFaultName } from '@shenpi/sdk/contract/states'
import { type EntryRow, GENESIS_HASH, hashEntry } from './trail-entry.ts'

/** What is wrong with an audit trail, and from which entry on. */
export interface TrailFault {
  /** Null: the installation's own trail. */
  accountId: number | null
  entryNo: number
  fault: TrailFaultName
}

/** What a journal says of its trail. */
export interface CheckedJournal {
  account_id: number | null
  entry_no: number
  entry_hash: string
  /** The last entry that there is. */
  last_entry_no: number | null
}

/** How far a trail was followed. */
export interface Followed {
  entryNo: number
  hash: string
}

export const AT_BEGIN: Followed = { entryNo: 0, hash: GENESIS_HASH }

/** A trail, entry by entry, against what its journal says. */
export class Trail {
  readonly #journal: CheckedJournal
  #followed: Followed
  fault: TrailFault | undefined

  /** @param followed up to where it was found whole before */
  constructor(journal: CheckedJournal, followed: Followed = AT_BEGIN) {
    this.#journal = journal
    this.#followed = followed
  }

  get head() {
    const { account_id, entry_no, entry_hash } = this.#journal
    return { accountId: account_id, entryNo: entry_no, hash: entry_hash }
  }

  get followed(): Followed {
    return this.#followed
  }

  take(entry: EntryRow): void {
    const { entryNo, hash } = this.#followed
    if (entry.entry_no !== entryNo + 1) this.#note('missing')
    else if (hashEntry(hash, entry) !== entry.hash) this.#note('changed')
    this.#followed = { entryNo: entry.entry_no, hash: entry.hash }
  }

  /** @returns the first fault, if there is one */
  end(): TrailFault | undefined {
    const { entry_no, entry_hash, last_entry_no } = this.#journal
    const { entryNo, hash } = this.#followed
    if (entryNo !== entry_no || hash !== entry_hash) this.#note('cut')
    if (last_entry_no !== null && last_entry_no > entry_no) this.#note('longer')
    return this.fault
  }

  #note(fault: TrailFaultName): void {
    this.fault ??= { accountId: this.#journal.account_id, entryNo: this.#followed.entryNo + 1, fault }
  }
}
