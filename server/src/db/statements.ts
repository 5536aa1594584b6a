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
import { Place, placesOf } from './places.ts'
import type { Schema } from './schema.ts'
import { TransactionExecutor } from './transaction-executor.ts'

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
