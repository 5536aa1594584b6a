import { DatabaseSync } from 'node:sqlite'

/** What stands in a column. */
export type StoredValue = string | number | null
export type StoredRow = Readonly<Record<string, StoredValue>>

export interface TableRows {
  table: string
  rows: readonly StoredRow[]
}

/**
 * What stands in tables of an SQLite file that no server has open.
 *
 * @param appid only rows of this account; undefined: all
 * @returns undefined when there is no such account
 */
export function readFileRows(path: string, tables: readonly string[], appid?: string): TableRows[] | undefined {
  const db = new DatabaseSync(path, { readOnly: true })
  try {
    const account = appid && db.prepare('select account_id from account where appid = ?').get(appid)
    if (appid && !account) return undefined
    const only = account ? ` where account_id = ${Number(account.account_id)}` : ''
    return tables.map((table) => ({ table, rows: db.prepare(`select * from ${table}${only}`).all().map(toRow) }))
  } finally {
    db.close()
  }
}

function toRow(found: Record<string, unknown>): StoredRow {
  const values = Object.entries(found).map(([column, value]): [string, StoredValue] => {
    if (value === null || typeof value === 'string' || typeof value === 'number') return [column, value]
    throw new TypeError(`${column} holds neither a text nor a number`)
  })
  return Object.fromEntries(values)
}

/** Put rows into tables of an SQLite file that no server has open, in the place of what stands in them. */
export function writeFileRows(path: string, tables: readonly string[], state: readonly TableRows[]): void {
  const db = new DatabaseSync(path, { enableForeignKeyConstraints: false })
  try {
    db.exec('begin')
    for (const table of tables) db.exec(`delete from ${table}`)
    for (const { table, rows } of state) {
      const columns = Object.keys(rows[0] ?? {})
      if (!tables.includes(table) || columns.length === 0) continue
      const names = columns.map((column) => `"${column.replaceAll('"', '""')}"`).join()
      const insert = db.prepare(`insert into ${table} (${names}) values (${columns.map(() => '?').join()})`)
      for (const row of rows) insert.run(...columns.map((column) => row[column] ?? null))
    }
    db.exec('commit')
  } finally {
    db.close()
  }
}
