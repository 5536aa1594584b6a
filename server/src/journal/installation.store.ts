import type { Kysely, Transaction } from 'kysely'
import type { Schema } from '../db/schema.ts'
import type { EntryRow } from './trail-entry.ts'

interface Head {
  entry_no: number
  entry_hash: string
}

/** Lock the installation until the transaction ends, by the one row of its journal. */
export async function lockInstallation(trx: Transaction<Schema>): Promise<Head> {
  return await trx
    .selectFrom('installation_journal')
    .select(['entry_no', 'entry_hash'])
    .forUpdate()
    .executeTakeFirstOrThrow()
}

export async function updateInstallation(trx: Transaction<Schema>, { entry_no, entry_hash }: Head): Promise<void> {
  await trx.updateTable('installation_journal').set({ entry_no, entry_hash }).execute()
}

export async function insertInstallationEntry(
  trx: Transaction<Schema>,
  { entry_no, at, actor, action, detail, hash }: EntryRow,
): Promise<void> {
  await trx.insertInto('installation_entry').values({ entry_no, at, actor, action, detail, hash }).execute()
}

/** The head, and the number of the last entry that there is: in one statement, so that one written meanwhile is in both. */
export async function readInstallation(db: Kysely<Schema>) {
  return await db
    .selectFrom('installation_journal')
    .select(['entry_no', 'entry_hash'])
    .select(({ selectFrom, fn }) =>
      selectFrom('installation_entry').select(fn.max('entry_no').as('last')).as('last_entry_no'),
    )
    .executeTakeFirstOrThrow()
}

/** In their order, whose numbers lie within `from` and `to`. */
export async function listInstallationEntries(
  db: Kysely<Schema>,
  { from, to }: { from: number; to: number },
): Promise<EntryRow[]> {
  const rows = await db
    .selectFrom('installation_entry')
    .selectAll()
    .where('entry_no', '>=', from)
    .where('entry_no', '<=', to)
    .orderBy('entry_no')
    .execute()
  return rows.map((row) => ({ ...row, account_id: 0, application_no: null }))
}
