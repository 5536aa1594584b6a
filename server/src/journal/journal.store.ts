import type { Kysely, Selectable, Transaction } from 'kysely'
import type { Schema } from '../db/schema.ts'
import { prepared } from '../db/statements.ts'
import { chainEntry, type EntryRow, GENESIS_HASH, type TrailEntry } from './trail-entry.ts'

export type JournalRow = Selectable<Schema['account_journal']>

const selectLocked = prepared((db, { accountId }: { accountId: number }) =>
  db.selectFrom('account_journal').selectAll().where('account_id', '=', accountId).forUpdate(),
)

const updateRow = prepared((db, row: JournalRow) =>
  db
    .updateTable('account_journal')
    .set({
      application_no: row.application_no,
      entry_no: row.entry_no,
      delivery_no: row.delivery_no,
      entry_hash: row.entry_hash,
      event_time: row.event_time,
      page_no: row.page_no,
      group_no: row.group_no,
      poi_no: row.poi_no,
      brand_no: row.brand_no,
      lottery_no: row.lottery_no,
    })
    .where('account_id', '=', row.account_id),
)

const insertEntryRow = prepared((db, row: EntryRow) =>
  db.insertInto('audit_entry').values({
    account_id: row.account_id,
    entry_no: row.entry_no,
    application_no: row.application_no,
    at: row.at,
    actor: row.actor,
    action: row.action,
    detail: row.detail,
    hash: row.hash,
  }),
)

/** Without an order, so that reads of several accounts can share a statement. */
const selectEntries = prepared((db, { accountId, from, to }: { accountId: number; from: number; to: number }) =>
  db
    .selectFrom('audit_entry')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('entry_no', '>=', from)
    .where('entry_no', '<=', to),
)

/** Every account has a journal: one that is to be changed and has none does not exist. */
export class NoSuchAccount extends Error {
  constructor(accountId: number) {
    super(`account ${accountId} has no journal`)
    this.name = 'NoSuchAccount'
  }
}

/** Lock an account until the transaction ends, by its journal's row. @throws NoSuchAccount */
export async function lockJournal(trx: Transaction<Schema>, accountId: number): Promise<JournalRow> {
  // PostgreSQL finds none when it waited for an account whose state was exchanged: its row is a new one, which a second look sees.
  const [row = (await selectLocked(trx, { accountId }))[0]] = await selectLocked(trx, { accountId })
  if (!row) throw new NoSuchAccount(accountId)
  return row
}

/** Write a journal back that was locked in the same transaction. */
export async function updateJournal(trx: Transaction<Schema>, row: JournalRow): Promise<void> {
  await updateRow(trx, row)
}

export async function insertEntry(trx: Transaction<Schema>, row: EntryRow): Promise<void> {
  await insertEntryRow(trx, row)
}

/** Begin the journal of a new account, with the first entry of its trail. */
export async function insertJournal(trx: Transaction<Schema>, accountId: number, first: TrailEntry): Promise<void> {
  const entry = chainEntry({ account_id: accountId, entry_no: 0, entry_hash: GENESIS_HASH }, first)
  await insertEntry(trx, entry)
  const head = { entry_no: entry.entry_no, entry_hash: entry.hash }
  await trx
    .insertInto('account_journal')
    .values({ account_id: accountId, application_no: 0, delivery_no: 0, event_time: 0, ...head })
    .execute()
}

/**
 * Journals by their accounts, each with the number of the last entry that there is: both in one statement, so that an
 * entry written meanwhile is in both.
 *
 * @param limit how many at the most
 */
export async function listJournals(db: Kysely<Schema>, limit: number, afterAccountId: number) {
  return await db
    .selectFrom('account_journal')
    .selectAll()
    .select(({ selectFrom }) =>
      selectFrom('audit_entry')
        .select(({ fn }) => fn.max('entry_no').as('last'))
        .whereRef('audit_entry.account_id', '=', 'account_journal.account_id')
        .as('last_entry_no'),
    )
    .where('account_id', '>', afterAccountId)
    .orderBy('account_id')
    .limit(limit)
    .execute()
}

/** The number of the last entry of an account's trail. */
export async function findLastEntryNo(db: Kysely<Schema>, accountId: number): Promise<number> {
  const row = await db
    .selectFrom('account_journal')
    .select('entry_no')
    .where('account_id', '=', accountId)
    .executeTakeFirst()
  return row?.entry_no ?? 0
}

/** Entries of an account in their order, whose numbers lie within `from` and `to`. */
export async function listEntries(
  db: Kysely<Schema>,
  of: { accountId: number; from: number; to: number },
): Promise<EntryRow[]> {
  const rows = await selectEntries(db, of)
  return rows.toSorted((a, b) => a.entry_no - b.entry_no)
}
