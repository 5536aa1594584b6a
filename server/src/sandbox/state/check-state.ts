import type { Kysely } from 'kysely'
import type { Schema } from '../../db/schema.ts'
import type { StoredRow, TableRows } from '../../db/sqlite/file-rows.ts'
import { Problem } from '../../problem.ts'
import { LATEST } from '../clocks/set-clock.ts'
import { ACCOUNT_TABLES, isStateTable } from './state-tables.ts'

/**
 * Rows of a file go into tables of a state and into columns that are there.
 *
 * @throws Problem `seed_file.invalid`
 */
export async function assertColumns(db: Kysely<Schema>, state: readonly TableRows[]): Promise<void> {
  const tables = await db.introspection.getTables()
  const known = new Map(tables.map(({ name, columns }) => [name, new Set(columns.map((column) => column.name))]))
  for (const { table, rows } of state) {
    const columns = known.get(table)
    if (!columns) throw invalid(`There is no table ${table}.`)
    if (!isStateTable(table)) throw invalid(`${table} is no part of a state.`)
    const foreign = Object.keys(rows[0] ?? {}).find((name) => !columns.has(name))
    if (foreign !== undefined) throw invalid(`${table} has no column ${foreign}.`)
  }
}

/** Each clock shows a time that there is. @throws Problem `seed_file.invalid` */
export function assertClocks(state: readonly TableRows[]): void {
  const isLate = (time: unknown) => typeof time === 'number' && Math.abs(time) > LATEST.getTime()
  const late = rowsIn(state, 'sandbox_clock').some((row) => isLate(row.offset_ms) || isLate(row.frozen_at))
  if (late) throw invalid('A clock in sandbox_clock is set to a time that no clock shows.')
}

/** Tables without a row of which no server could go on, and those in which each account has one. */
const NEVER_EMPTY = ['device_ledger', 'beacon_uuid']
const OF_EACH_ACCOUNT = ['account_journal', 'device_quota']

const rowsIn = (state: readonly TableRows[], name: string) =>
  state.flatMap(({ table, rows }) => (table === name ? rows : []))

/**
 * What is to take the place of everything is whole: a server can go on with it.
 *
 * @throws Problem `seed_file.invalid`
 */
export function assertWhole(state: readonly TableRows[]): void {
  const empty = NEVER_EMPTY.find((name) => rowsIn(state, name).length === 0)
  if (empty) throw invalid(`It holds nothing of ${empty}.`)
  assertRowOfEach(state, rowsIn(state, 'account'))
}

/** @throws Problem `seed_file.invalid` */
function assertRowOfEach(state: readonly TableRows[], accounts: readonly StoredRow[]): void {
  for (const table of OF_EACH_ACCOUNT) {
    const rows = rowsIn(state, table)
    const found = new Set(rows.map((row) => row.account_id))
    if (rows.length !== accounts.length || accounts.some((row) => !found.has(row.account_id ?? null))) {
      throw invalid(`An account has one row in ${table}.`)
    }
  }
}

/**
 * Rows of a file are all of one account, which is there whole.
 *
 * @throws Problem `seed_file.invalid`
 */
export function assertOneAccount(state: readonly TableRows[], appid: string): void {
  const tables: readonly string[] = ACCOUNT_TABLES
  const foreign = state.find(({ table }) => !tables.includes(table))
  if (foreign) throw invalid(`${foreign.table} holds nothing of an account.`)
  const [account, ...others] = rowsIn(state, 'account')
  if (account?.appid !== appid || others.length > 0) throw invalid(`It does not hold the account ${appid} alone.`)
  const { account_id: accountId } = account
  const other = state.find(({ rows }) => rows.some((row) => row.account_id !== accountId))
  if (typeof accountId !== 'number' || other)
    throw invalid(`${(other ?? { table: 'account' }).table} holds rows of another account.`)
  assertRowOfEach(state, [account])
}

const invalid = (why: string) => new Problem('seed_file.invalid', why)
