import {
  type Compilable,
  type CompiledQuery,
  DeleteQueryNode,
  InsertQueryNode,
  type Kysely,
  SelectQueryNode,
  UpdateQueryNode,
} from 'kysely'
import { engineOf, type OpenTransaction } from './engine.ts'
import type { Schema } from './schema.ts'
import { TransactionExecutor } from './transaction-executor.ts'

/** Stands for a parameter while a statement is built, so that its value can be filled in later. */
export class Place {
  readonly name: string
  /** What becomes of the value on its way to the database. */
  readonly encode: (value: unknown) => unknown

  constructor(name: string, encode: (value: unknown) => unknown = (value) => value) {
    this.name = name
    this.encode = encode
  }
}

/** What stands for the parameters of a statement: each of its members is a {@link Place}. */
export function placesOf<Params extends object>(): Params {
  // A proxy is of the type of what it stands for, and there is none yet.
  return new Proxy({} as Params, { get: (_, name) => new Place(String(name)) })
}

/** A value, or the place of one, encoded. */
export function encoded<Value>(value: Value, encode: (value: Value) => unknown): unknown {
  if (value instanceof Place) return new Place(value.name, (filled) => encode(filled as Value))
  return encode(value)
}

/**
 * A statement on a hot path: built and compiled once, then run with other parameters. The builder is handed stand-ins,
 * so it may put them into the statement but not look at them.
 *
 * @example
 * const accountByAppid = prepared((db, { appid }: { appid: string }) =>
 *   db.selectFrom('account').selectAll().where('appid', '=', appid))
 * const [account] = await accountByAppid(db, { appid: 'wx…' })
 */
export function prepared<Params extends object, Row>(
  build: (db: Kysely<Schema>, params: Params) => Compilable<Row>,
): (db: Kysely<Schema>, params: Params) => Promise<Row[]> {
  const byDialect = new WeakMap<object, { query: CompiledQuery<Row>; fill: (params: Params) => unknown[] }>()
  return async (db, params) => {
    const dialect = db.getExecutor().adapter.constructor
    let statement = byDialect.get(dialect)
    if (!statement) {
      const places = placesOf<Params>()
      const query = build(db, places).compile()
      const order = query.parameters
      statement = {
        query,
        fill: (values) =>
          order.map((value) => (value instanceof Place ? value.encode(memberOf(values, value.name)) : value)),
      }
      byDialect.set(dialect, statement)
    }
    const { query } = statement
    const parameters = statement.fill(params)
    const executor = db.getExecutor()
    if (executor instanceof TransactionExecutor) return await runWithin(executor.open, { ...query, parameters })
    if (SelectQueryNode.is(query.query)) return await engineOf(db).read<Row>(query, parameters)
    return (await db.executeQuery<Row>({ ...query, parameters })).rows
  }
}

/**
 * Statements that differ by the form of what is asked, each prepared when it is first asked for.
 *
 * @param build is handed the form, too; of forms there must be few, as each is kept
 */
export function preparedByForm<Form extends object, Params extends object, Row>(
  build: (db: Kysely<Schema>, form: Form, params: Params) => Compilable<Row>,
): (form: Form) => (db: Kysely<Schema>, params: Params) => Promise<Row[]> {
  const byForm = new Map<string, (db: Kysely<Schema>, params: Params) => Promise<Row[]>>()
  return (form) => {
    const name = JSON.stringify(form)
    const statement = byForm.get(name) ?? prepared((db, params: Params) => build(db, form, params))
    byForm.set(name, statement)
    return statement
  }
}

async function runWithin<Row>(open: OpenTransaction, query: CompiledQuery<Row>): Promise<Row[]> {
  if (answersNothing(query)) {
    open.queue(query)
    return []
  }
  return (await open.ask<Row>(query)).rows
}

function answersNothing({ query }: CompiledQuery): boolean {
  const isWrite = InsertQueryNode.is(query) || UpdateQueryNode.is(query) || DeleteQueryNode.is(query)
  return isWrite && query.returning === undefined
}

const memberOf = (values: object, name: string): unknown => Reflect.get(values, name)
