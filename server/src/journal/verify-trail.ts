import type { Kysely } from 'kysely'
import type { Schema } from '../db/schema.ts'
import { listEntries, listJournals } from './journal.store.ts'
import { type EntryRow, GENESIS_HASH, hashEntry } from './trail-entry.ts'

/** What is wrong with an account's audit trail, and from which entry on. */
export interface TrailFault {
  accountId: number
  entryNo: number
  fault: string
}

export interface TrailReport {
  accounts: number
  entries: number
  faults: TrailFault[]
  /** The last hash of each account: kept elsewhere, it also shows a trail that was rewritten as a whole. */
  heads: { accountId: number; entryNo: number; hash: string }[]
}

const PAGE = 1000

type Journal = Awaited<ReturnType<typeof listJournals>>[number]

/**
 * Recompute every account's chain of entries: a changed, removed, inserted or cut-off entry breaks it.
 *
 * @param onProgress told how many entries have been read so far
 */
export async function verifyTrail(
  db: Kysely<Schema>,
  onProgress: (entries: number) => void = () => {},
): Promise<TrailReport> {
  const report: TrailReport = { accounts: 0, entries: 0, faults: [], heads: [] }
  for await (const journal of everyJournal(db)) {
    const trail = new Trail(journal)
    for (;;) {
      const entries = await listEntries(db, trail.rest, PAGE)
      for (const entry of entries) trail.take(entry)
      report.entries += entries.length
      onProgress(report.entries)
      if (trail.fault || entries.length < PAGE) break
    }
    const fault = trail.end()
    if (fault) report.faults.push(fault)
    report.accounts += 1
    report.heads.push({ accountId: journal.account_id, entryNo: journal.entry_no, hash: journal.entry_hash })
  }
  return report
}

async function* everyJournal(db: Kysely<Schema>): AsyncGenerator<Journal> {
  for (let last = 0; ; ) {
    const page = await listJournals(db, PAGE, last)
    yield* page
    if (page.length < PAGE) return
    last = page.at(-1)?.account_id ?? last
  }
}

/** One account's trail, entry by entry, against what its journal says. */
class Trail {
  readonly #journal: Journal
  #expected = 1
  #hash = GENESIS_HASH
  fault: TrailFault | undefined

  constructor(journal: Journal) {
    this.#journal = journal
  }

  /** The entries that remain to be verified. The next run verifies those written after the journal was read. */
  get rest() {
    return { accountId: this.#journal.account_id, from: this.#expected, to: this.#journal.entry_no }
  }

  take(entry: EntryRow): void {
    if (entry.entry_no !== this.#expected) this.#note('the entry is missing')
    else if (hashEntry(this.#hash, entry) !== entry.hash) this.#note('the entry or one before it was changed')
    this.#hash = entry.hash
    this.#expected = entry.entry_no + 1
  }

  /** @returns the first fault, if there is one */
  end(): TrailFault | undefined {
    const { entry_no, entry_hash, last_entry_no } = this.#journal
    if (this.#expected - 1 !== entry_no || this.#hash !== entry_hash) {
      this.#note('the trail ends before the entry that the journal names')
    }
    if (last_entry_no !== null && last_entry_no > entry_no) {
      this.#note('the trail goes on behind the entry that the journal names last')
    }
    return this.fault
  }

  #note(fault: string): void {
    this.fault ??= { accountId: this.#journal.account_id, entryNo: this.#expected, fault }
  }
}
