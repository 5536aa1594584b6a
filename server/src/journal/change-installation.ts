import type { Kysely, Transaction } from 'kysely'
import type { Schema } from '../db/schema.ts'
import { accountTransaction } from '../db/transaction.ts'
import { insertInstallationEntry, lockInstallation, updateInstallation } from './installation.store.ts'
import { chainEntry, type TrailEntry } from './trail-entry.ts'

/** Stands for the installation where changes take turns: accounts count from 1. */
const INSTALLATION = 0

/** What a change may do that belongs to no account. */
export interface InstallationChange {
  readonly trx: Transaction<Schema>
  /** Append an entry to the installation's own audit trail. */
  append(entry: Omit<TrailEntry, 'applicationNo'>): void
}

/**
 * Change what belongs to no account (staff, keys, policy, reasons, categories), one after another: the change and the
 * entries of the installation's trail are written together, or not at all.
 *
 * @throws what `work` throws: nothing is changed then
 */
export function changeInstallation<T>(
  db: Kysely<Schema>,
  work: (installation: InstallationChange) => Promise<T>,
): Promise<T> {
  return accountTransaction(db, INSTALLATION, async (trx) => {
    const head = await lockInstallation(trx)
    const entries: TrailEntry[] = []
    const answer = await work({ trx, append: (entry) => entries.push(entry) })
    for (const entry of entries) {
      const row = chainEntry({ account_id: INSTALLATION, ...head }, entry)
      head.entry_no = row.entry_no
      head.entry_hash = row.hash
      await insertInstallationEntry(trx, row)
    }
    if (entries.length > 0) await updateInstallation(trx, head)
    return answer
  })
}
