import { type ApiStateFile, api } from '@shenpi/sdk/contract/api'
import { fits } from '@shenpi/sdk/contract/check'
import { migrations } from '../../db/migrations/index.ts'
import type { StoredRow, TableRows } from '../../db/sqlite/file-rows.ts'
import { Problem } from '../../problem.ts'

/** The last migration of this release. */
const LAST_MIGRATION = Object.keys(migrations).at(-1) ?? ''

/** Rows as a file holds them: each table once, its columns named once. */
export function toStateFile(
  state: readonly TableRows[],
  appid: string | undefined,
  pictures: ApiStateFile['pictures'] = [],
): ApiStateFile {
  const byTable = Map.groupBy(state, ({ table }) => table)
  const tables = [...byTable].flatMap(([name, parts]) => {
    const rows = parts.flatMap((part) => part.rows)
    const columns = Object.keys(rows[0] ?? {})
    return rows.length === 0
      ? []
      : { name, columns, rows: rows.map((row) => columns.map((column) => row[column] ?? null)) }
  })
  return { shenpi_state: 1, migration: LAST_MIGRATION, appid: appid ?? null, tables, pictures }
}

export const toStateText = (state: readonly TableRows[], appid: string | undefined): string =>
  JSON.stringify(toStateFile(state, appid))

/**
 * Rows from a file.
 *
 * @throws Problem `seed_file.invalid`, `snapshot.of_other_release`
 */
export function readStateFile(text: string): { file: ApiStateFile; state: TableRows[] } {
  const file = parse(text)
  if (!fits(api.exportState.answer, file)) throw new Problem('seed_file.invalid', 'It is no export of a sandbox.')
  if (file.migration !== LAST_MIGRATION) {
    throw new Problem('snapshot.of_other_release', `It is of ${file.migration}, this database of ${LAST_MIGRATION}.`)
  }
  const broken = file.tables.find(
    ({ columns, rows }) =>
      new Set(columns).size !== columns.length || rows.some((row) => row.length !== columns.length),
  )
  if (broken) throw new Problem('seed_file.invalid', `A row of ${broken.name} does not fit its columns.`)
  if (file.tables.some(({ rows }) => rows.some((row) => row.some(isHalfText)))) {
    throw new Problem('seed_file.invalid', 'A text in it holds half of a surrogate pair.')
  }
  const state = file.tables.map(({ name, columns, rows }) => ({
    table: name,
    rows: rows.map(
      (row): StoredRow => Object.fromEntries(columns.map((column, place) => [column, row[place] ?? null])),
    ),
  }))
  return { file, state }
}

const isHalfText = (value: unknown) => typeof value === 'string' && !value.isWellFormed()

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new Problem('seed_file.invalid', error instanceof Error ? `${error.message}.` : undefined)
  }
}
