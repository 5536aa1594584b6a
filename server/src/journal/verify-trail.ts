import type { Kysely } from 'kysely'
import type { Schema } from '../db/schema.ts'
import { listInstallationEntries, readInstallation } from './installation.store.ts'
import { listEntries, listJournals } from './journal.store.ts'
import { type CheckedJournal, Trail, type TrailFault } from './trail-chain.ts'

interface TrailReport {
  accounts: number
  entries: number
  faults: TrailFault[]
  /** The last hash of each trail, the installation's first: kept elsewhere, it also shows one that was rewritten as a whole. */
  heads: { accountId: number | null; entryNo: number; hash: string }[]
}

/** Journals, and entries of one account, that are read at once. */
const PAGE = 1000
/** Accounts whose entries are read at the same time: where each has few, a round trip is most of what they cost. */
const TOGETHER = 16

/**
 * Recompute the installation's and every account's chain of entries: a changed, removed, inserted or cut-off entry breaks it.
 *
 * @param onProgress told how many entries have been read so far
 */
export async function verifyTrail(
  db: Kysely<Schema>,
  onProgress: (entries: number) => void = () => {},
): Promise<TrailReport> {
  const report: TrailReport = { accounts: 0, entries: 0, faults: [], heads: [] }
  const take = (entries: number) => {
    report.entries += entries
    onProgress(report.entries)
  }
  addTo(report, await readTrail(db, { account_id: null, ...(await readInstallation(db)) }, take))
  for await (const journals of pagesOfJournals(db)) {
    report.accounts += journals.length
    for (let first = 0; first < journals.length; first += TOGETHER) {
      const some = journals.slice(first, first + TOGETHER)
      const trails = await Promise.all(some.map((journal) => readTrail(db, journal, take)))
      for (const trail of trails) addTo(report, trail)
    }
  }
  return report
}

function addTo(report: TrailReport, trail: Trail): void {
  const fault = trail.end()
  if (fault) report.faults.push(fault)
  report.heads.push(trail.head)
}

async function* pagesOfJournals(db: Kysely<Schema>): AsyncGenerator<Awaited<ReturnType<typeof listJournals>>> {
  for (let last = 0; ; ) {
    const page = await listJournals(db, PAGE, last)
    yield page
    if (page.length < PAGE) return
    last = page.at(-1)?.account_id ?? last
  }
}

/** Read a trail up to the entry that its journal names, or to its first fault. */
async function readTrail(
  db: Kysely<Schema>,
  journal: CheckedJournal,
  onRead: (entries: number) => void,
): Promise<Trail> {
  const trail = new Trail(journal)
  // The next run verifies what was written after the journal was read.
  const last = Math.min(journal.entry_no, journal.last_entry_no ?? 0)
  for (let from = 1; from <= last && !trail.fault; from += PAGE) {
    const to = Math.min(from + PAGE - 1, last)
    const accountId = journal.account_id
    const entries = await (accountId === null
      ? listInstallationEntries(db, { from, to })
      : listEntries(db, { accountId, from, to }))
    for (const entry of entries) trail.take(entry)
    onRead(entries.length)
  }
  return trail
}
