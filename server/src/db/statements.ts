import { type Compilable, type CompiledQuery, type Kysely, type QueryResult, SelectQueryNode } from 'kysely'
import { engineOf } from './engine.ts'
import type { Schema } from './schema.ts'
import { standIn } from './stand-in.ts'

/** Stands for a parameter while a statement is built, so that its places can be filled in later. */
class Place {
  readonly name: string
  constructor(name: string) {
    this.name = name
  }
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
      const places = standIn<Params>((name) => new Place(name))
      const query = build(db, places).compile()
      const order = query.parameters
      statement = {
        query,
        fill: (values) =>
          order.map((value) => (value instanceof Place ? (values as Record<string, unknown>)[value.name] : value)),
      }
      byDialect.set(dialect, statement)
    }
    const { query } = statement
    const parameters = statement.fill(params)
    if (SelectQueryNode.is(query.query) && !db.isTransaction) return await engineOf(db).read(query, parameters)
    return await run(db, { ...query, parameters })
  }
}

/** Within a transaction the next statement may be sent while this one runs: each has its turn, in the order of the calls. */
async function run<Row>(db: Kysely<Schema>, query: CompiledQuery<Row>): Promise<Row[]> {
  if (!db.isTransaction) return (await db.executeQuery(query)).rows
  const sent: { answer?: Promise<QueryResult<Row>> } = {}
  await db.getExecutor().provideConnection(async (connection) => {
    sent.answer = connection.executeQuery<Row>(query)
  })
  return (await sent.answer)?.rows ?? []
}
