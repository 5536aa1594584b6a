import type { Kysely } from 'kysely'
import type { Schema } from '../db/schema.ts'
import { GENESIS_HASH, hashEntry } from './journal.ts'

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

/** Every account's journal, with its last entry: both in one statement, so that an entry written meanwhile is in both. */
async function* journals(db: Kysely<Schema>) {
  for (let last = 0; ; ) {
    const page = await db
      .selectFrom('account_journal')
      .selectAll()
      .select(({ selectFrom }) =>
        selectFrom('audit_entry')
          .select(({ fn }) => fn.max('entry_no').as('last'))
          .whereRef('audit_entry.account_id', '=', 'account_journal.account_id')
          .as('last_entry_no'),
      )
      .where('account_id', '>', last)
      .orderBy('account_id')
      .limit(PAGE)
      .execute()
    yield* page
    if (page.length < PAGE) return
    last = page.at(-1)?.account_id ?? last
  }
}

/**
 * Recompute every account's chain of audit entries: a changed, removed, inserted or cut-off entry breaks it.
 *
 * @param onProgress told how many entries have been read so far
 */
export async function verifyTrail(
  db: Kysely<Schema>,
  onProgress: (entries: number) => void = () => {},
): Promise<TrailReport> {
  const report: TrailReport = { accounts: 0, entries: 0, faults: [], heads: [] }
  for await (const journal of journals(db)) {
    const accountId = journal.account_id
    let expected = 1
    let hash = GENESIS_HASH
    let fault: TrailFault | undefined
    for (;;) {
      const entries = await db
        .selectFrom('audit_entry')
        .selectAll()
        .where('account_id', '=', accountId)
        .where('entry_no', '>=', expected)
        // Written after the head was read: the next run looks at it.
        .where('entry_no', '<=', journal.entry_no)
        .orderBy('entry_no')
        .limit(PAGE)
        .execute()
      for (const entry of entries) {
        if (entry.entry_no !== expected) fault ??= { accountId, entryNo: expected, fault: 'the entry is missing' }
        else if (hashEntry(hash, entry) !== entry.hash) {
          fault ??= { accountId, entryNo: expected, fault: 'the entry or one before it was changed' }
        }
        hash = entry.hash
        expected = entry.entry_no + 1
      }
      report.entries += entries.length
      onProgress(report.entries)
      if (fault || entries.length < PAGE) break
    }
    if (expected - 1 !== journal.entry_no || hash !== journal.entry_hash) {
      fault ??= { accountId, entryNo: expected, fault: 'the trail ends before the entry that the journal names' }
    }
    if (journal.last_entry_no !== null && journal.last_entry_no > journal.entry_no) {
      fault ??= {
        accountId,
        entryNo: expected,
        fault: 'the trail goes on behind the entry that the journal names last',
      }
    }
    if (fault) report.faults.push(fault)
    report.accounts += 1
    report.heads.push({ accountId, entryNo: journal.entry_no, hash: journal.entry_hash })
  }
  return report
}
