import { type Kysely, PostgresAdapter, sql, type Transaction } from 'kysely'
import type { Schema } from '../../db/schema.ts'
import type { StoredRow } from '../../db/sqlite/file-rows.ts'
import { findRangeOfDevice } from '../../device-batches/device-range.store.ts'
import { QUEUE_TABLES, type TableName } from './state-tables.ts'

/** Rows that one statement inserts. */
const INSERTED_AT_ONCE = 100

/** The rows of a table, of one account or of all. */
export async function readRows(
  db: Kysely<Schema>,
  table: TableName,
  accountId?: number,
): Promise<readonly StoredRow[]> {
  const ofAccount = accountId === undefined ? sql`` : sql` where account_id = ${accountId}`
  return (await sql<StoredRow>`select * from ${sql.table(table)}${ofAccount}`.execute(db)).rows
}

export async function deleteRows(trx: Transaction<Schema>, table: TableName, accountId: number): Promise<void> {
  await sql`delete from ${sql.table(table)} where account_id = ${accountId}`.execute(trx)
}

const isPostgres = (trx: Transaction<Schema>) => trx.getExecutor().adapter instanceof PostgresAdapter

/** What a transaction reads is of one moment: first in it, and on PostgreSQL, as SQLite has one writer. */
export async function stayInMoment(trx: Transaction<Schema>): Promise<void> {
  if (isPostgres(trx)) await sql`set transaction isolation level repeatable read, read only`.execute(trx)
}

/** Whoever inserts a row that refers to the account waits from now on: on PostgreSQL, as SQLite has one writer. */
export async function lockAccountRow(trx: Transaction<Schema>, accountId: number): Promise<void> {
  if (isPostgres(trx)) await sql`select 1 from account where account_id = ${accountId} for update`.execute(trx)
}

/** In the place of the account's row, which stays where it is. */
export async function saveAccountRow(trx: Transaction<Schema>, row: StoredRow): Promise<void> {
  const names = Object.keys(row).map((name) => sql.ref(name))
  const values = Object.values(row).map((value) => sql`${value}`)
  const changes = names.map((name) => sql`${name} = excluded.${name}`)
  await sql`insert into account (${sql.join(names)}) values (${sql.join(values)})
    on conflict (account_id) do update set ${sql.join(changes)}`.execute(trx)
}

/** Nobody is at an account's jobs: who was when its rows were kept is not any more. */
export async function endLeases(trx: Transaction<Schema>, accountId: number): Promise<void> {
  for (const table of QUEUE_TABLES) {
    await sql`update ${sql.table(table)} set leased_until = 0 where account_id = ${accountId} and leased_until > 0`.execute(
      trx,
    )
  }
}

/** Into tables that others refer to first; a statement is of one account. */
export async function insertRows(
  trx: Transaction<Schema>,
  table: TableName,
  rows: readonly StoredRow[],
): Promise<void> {
  for (const ofAccount of Map.groupBy(rows, (row) => row.account_id).values()) {
    for (let begin = 0; begin < ofAccount.length; begin += INSERTED_AT_ONCE) {
      await insertSome(trx, table, ofAccount.slice(begin, begin + INSERTED_AT_ONCE))
    }
  }
}

async function insertSome(trx: Transaction<Schema>, table: TableName, rows: readonly StoredRow[]): Promise<void> {
  const names = Object.keys(rows[0] ?? {})
  const columns = sql.join(names.map((name) => sql.ref(name)))
  const values = rows.map((row) => sql`(${sql.join(names.map((name) => sql`${row[name]}`))})`)
  await sql`insert into ${sql.table(table)} (${columns}) values ${sql.join(values)}`.execute(trx)
}

/** How long it is waited for who reads: less than PostgreSQL lets two wait for each other before it ends one. */
const READERS_WAIT_MS = 500

/** Empty tables of PostgreSQL, whoever refers to them. */
export async function truncateTables(trx: Transaction<Schema>, tables: readonly TableName[]): Promise<void> {
  await sql`set local lock_timeout = ${sql.lit(READERS_WAIT_MS)}`.execute(trx)
  await sql`truncate ${sql.join(tables.map((table) => sql.table(table)))} restart identity`.execute(trx)
}

/** Tables whose keys count up by themselves. */
const COUNTING = { account: 'account_id', review_reason: 'reason_no', trail_verification: 'verification_no' } as const

/** Go on counting behind the keys that were inserted: PostgreSQL does not see them by itself. */
export async function countOn(trx: Transaction<Schema>): Promise<void> {
  if (!isPostgres(trx)) return
  for (const [table, key] of Object.entries(COUNTING)) {
    const last = sql`(select coalesce(max(${sql.ref(key)}), 0) + 1 from ${sql.table(table)})`
    await sql`select setval(pg_get_serial_sequence(${table}, ${key}), ${last}, false)`.execute(trx)
  }
}

/** The id of an account that is to come. */
export async function nextAccountId(trx: Transaction<Schema>): Promise<number> {
  const row = await trx
    .selectFrom('account')
    .select(({ fn }) => fn.max('account_id').as('last'))
    .executeTakeFirst()
  return Number(row?.last ?? 0) + 1
}

/** Whether some device of a range is somebody's: of a range that ends in this one, or of one that goes on behind it. */
export async function areDevicesTaken(
  trx: Transaction<Schema>,
  { first, last }: { first: number; last: number },
): Promise<boolean> {
  const inside = await trx
    .selectFrom('device_range')
    .select('last_device_id')
    .where('last_device_id', '>=', first)
    .where('last_device_id', '<=', last)
    .limit(1)
    .executeTakeFirst()
  return inside !== undefined || (await findRangeOfDevice(trx, last)) !== undefined
}

/** Hand out no device up to this one any more. */
export async function coverDevices(trx: Transaction<Schema>, last: number): Promise<void> {
  await trx
    .updateTable('device_ledger')
    .set({ next_device_id: last + 1 })
    .where('next_device_id', '<=', last)
    .execute()
}
