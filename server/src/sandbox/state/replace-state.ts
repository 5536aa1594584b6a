import type { Kysely, Transaction } from 'kysely'
import { type Database, isDeadlock, repeatAfterDeadlock } from '../../db/open.ts'
import type { Schema } from '../../db/schema.ts'
import type { TableRows } from '../../db/sqlite/file-rows.ts'
import { transaction } from '../../db/transaction.ts'
import { Problem } from '../../problem.ts'
import { SERVER } from '../../time/account-clocks.ts'
import {
  areDevicesTaken,
  countOn,
  coverDevices,
  deleteRows,
  endLeases,
  insertRows,
  lockAccountRow,
  readRows,
  saveAccountRow,
  stayInMoment,
  truncateTables,
} from './state-rows.store.ts'
import { ACCOUNT_TABLES, isStateTable, STATE_TABLES, TABLES_OF_ALL } from './state-tables.ts'

/** Everything of an account, as it stands. */
export async function readAccount(db: Kysely<Schema>, accountId: number): Promise<TableRows[]> {
  const read: TableRows[] = []
  for (const table of ACCOUNT_TABLES) read.push({ table, rows: await readRows(db, table, accountId) })
  return read
}

/** Everything, as it stood at one moment, while everybody goes on. */
export async function readMoment(db: Database): Promise<TableRows[]> {
  return await transaction(db, async (trx) => {
    await stayInMoment(trx)
    return await readAll(trx)
  })
}

/** Everything: what is of no account first, then account by account. */
export async function readAll(db: Kysely<Schema>): Promise<TableRows[]> {
  const read: TableRows[] = []
  for (const table of TABLES_OF_ALL) read.push({ table, rows: await readRows(db, table) })
  const accounts = await readRows(db, 'account')
  for (const accountId of [SERVER, ...accounts.map((row) => Number(row.account_id))]) {
    read.push(...(await readAccount(db, accountId)).filter(({ rows }) => rows.length > 0))
  }
  return read
}

/**
 * Everything goes, and this comes, by tables in their order: on PostgreSQL.
 *
 * @throws Problem `sandbox.busy` when somebody goes on reading
 */
export async function replaceAll(db: Database, state: readonly TableRows[]): Promise<void> {
  // Who reads one table and then another is in the way of who empties both.
  await repeatAfterDeadlock(() =>
    transaction(db, async (trx) => {
      await truncateTables(trx, STATE_TABLES)
      await insertState(trx, state)
    }),
  ).catch((error) => {
    throw isDeadlock(error) ? new Problem('sandbox.busy') : error
  })
}

/** End what was at work in a state that was kept: see {@link endLeases}. */
export async function endAllLeases(db: Kysely<Schema>): Promise<void> {
  const accounts = await readRows(db, 'account')
  await transaction(db, async (trx) => {
    for (const { account_id } of accounts) await endLeases(trx, Number(account_id))
  })
}

/**
 * Everything of an account goes, and this comes, by tables in their order. Its own row is locked and stays: what was counted is
 * written beside it, refers to it, and waits.
 *
 * @throws Problem `account.exists` where its devices are another one's by now
 */
export async function replaceAccount(
  trx: Transaction<Schema>,
  accountId: number,
  state: readonly TableRows[],
): Promise<void> {
  await lockAccountRow(trx, accountId)
  const [account] = state.flatMap(({ table, rows }) => (table === 'account' ? rows : []))
  for (const table of ACCOUNT_TABLES.toReversed()) {
    if (table !== 'account' || !account) await deleteRows(trx, table, accountId)
  }
  await takeDevices(trx, state)
  if (account) await saveAccountRow(trx, account)
  await insertState(
    trx,
    state.filter(({ table }) => table !== 'account'),
  )
}

/**
 * The devices of an account that comes here are handed out to nobody else, and were to nobody.
 *
 * @throws Problem `account.exists`
 */
export async function takeDevices(trx: Transaction<Schema>, state: readonly TableRows[]): Promise<void> {
  for (const row of state.flatMap(({ table, rows }) => (table === 'device_batch' ? rows : []))) {
    const range = { first: Number(row.first_device_id), last: Number(row.last_device_id) }
    if (await areDevicesTaken(trx, range)) {
      throw new Problem('account.exists', `Devices ${range.first} to ${range.last} are another account’s here.`)
    }
    await coverDevices(trx, range.last)
  }
}

export async function insertState(trx: Transaction<Schema>, state: readonly TableRows[]): Promise<void> {
  for (const { table, rows } of state) if (isStateTable(table)) await insertRows(trx, table, rows)
  await countOn(trx)
}
