import type { Kysely } from 'kysely'
import type { Schema } from '../../db/schema.ts'
import type { TableRows } from '../../db/sqlite/file-rows.ts'
import { Problem } from '../../problem.ts'
import { ACCOUNT_TABLES } from './state-tables.ts'

/**
 * Rows of a file go into columns that are there.
 *
 * @throws Problem `seed_file.invalid`
 */
export async function assertColumns(db: Kysely<Schema>, state: readonly TableRows[]): Promise<void> {
  const tables = await db.introspection.getTables()
  const known = new Map(tables.map(({ name, columns }) => [name, new Set(columns.map((column) => column.name))]))
  for (const { table, rows } of state) {
    const columns = known.get(table)
    if (!columns) throw invalid(`There is no table ${table}.`)
    const foreign = Object.keys(rows[0] ?? {}).find((name) => !columns.has(name))
    if (foreign !== undefined) throw invalid(`${table} has no column ${foreign}.`)
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
  const rowsOf = (name: string) => state.flatMap(({ table, rows }) => (table === name ? rows : []))
  const [account, ...others] = rowsOf('account')
  if (account?.appid !== appid || others.length > 0) throw invalid(`It does not hold the account ${appid} alone.`)
  if (rowsOf('account_journal').length !== 1) throw invalid('An account has one row in account_journal.')
  const { account_id: accountId } = account
  const other = state.find(({ rows }) => rows.some((row) => row.account_id !== accountId))
  if (typeof accountId !== 'number' || other)
    throw invalid(`${(other ?? { table: 'account' }).table} holds rows of another account.`)
}

const invalid = (why: string) => new Problem('seed_file.invalid', why)
