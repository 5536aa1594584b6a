import { type InsertQueryBuilder, type InsertResult, type Kysely, type RawBuilder, type SqlBool, sql } from 'kysely'
import { engineOf } from './engine.ts'
import type { Schema } from './schema.ts'
import { encoded } from './statements.ts'

/** What a column of a list holds, as PostgreSQL names it. */
type ListType = 'bigint' | 'text'

/**
 * Whether a column holds one of some values, which are one parameter: the text of a statement does not depend on their
 * number, and both databases keep statements by their text.
 */
export function isIn(
  db: Kysely<Schema>,
  column: string,
  values: readonly (number | string)[],
  type: ListType = 'bigint',
): RawBuilder<SqlBool> {
  if (engineOf(db).lists === 'arrays') return sql`${sql.ref(column)} = any(${values}::${sql.raw(type)}[])`
  return sql`${sql.ref(column)} in (select value from json_each(${encoded(values, (all) => toJson(all.map(toWellFormed)))}))`
}

/** The same for several columns together. @param rows what they hold, in the columns' order */
export function areIn(
  db: Kysely<Schema>,
  columns: readonly string[],
  rows: readonly (readonly number[])[],
): RawBuilder<SqlBool> {
  const names = sql.join(columns.map((column) => sql.ref(column)))
  if (engineOf(db).lists === 'arrays') {
    const lists = columns.map((_, place) => sql`${encoded(rows, (all) => all.map((row) => row[place]))}::bigint[]`)
    return sql`(${names}) in (select * from unnest(${sql.join(lists)}))`
  }
  const members = sql.join(columns.map((_, place) => sql`value ->> ${sql.lit(place)}`))
  return sql`(${names}) in (select ${members} from json_each(${encoded(rows, toJson)}))`
}

/**
 * Insert rows by one statement, whatever their number: they are one parameter, or one a column.
 *
 * @param columns those that are inserted, and what they hold
 */
export function insertRows<Table extends keyof Schema & string, Row extends object>(
  db: Kysely<Schema>,
  table: Table,
  rows: readonly Row[],
  columns: { readonly [Name in keyof Row & keyof Schema[Table] & string]: ListType },
): InsertQueryBuilder<Schema, Table, InsertResult> {
  const names = Object.keys(columns) as (keyof Row & keyof Schema[Table] & string)[]
  return db
    .insertInto(table)
    .columns(names)
    .expression(rowsOf(db, rows, names, columns))
}

function rowsOf<Row extends object, Name extends keyof Row & string>(
  db: Kysely<Schema>,
  rows: readonly Row[],
  names: readonly Name[],
  columns: { readonly [Each in Name]: ListType },
): RawBuilder<Row> {
  if (engineOf(db).lists === 'arrays') {
    const lists = names.map((name) => {
      const list = encoded(rows, (all) => all.map((row) => row[name]))
      return sql`${list}::${sql.raw(columns[name])}[]`
    })
    return sql`select * from unnest(${sql.join(lists)})`
  }
  const json = encoded(rows, (all) => toJson(all.map((row) => names.map((name) => toWellFormed(row[name])))))
  const members = names.map((_, place) => sql`value ->> ${sql.lit(place)}`)
  // Without a condition what follows might read as part of a join.
  return sql`select ${sql.join(members)} from json_each(${json}) where true`
}

const toJson = (value: unknown): string => JSON.stringify(value)

/** A text that is no Unicode becomes the same as where it is bound by itself. */
const toWellFormed = (value: unknown): unknown => (typeof value === 'string' ? value.toWellFormed() : value)
