import { sql } from 'kysely'
import { engineOf } from '../../src/db/engine.ts'
import type { Services } from '../../src/services.ts'
import { until } from '../until.ts'

/**
 * What a refusal changes as any call does: it is counted, it can be asked for by its rid, and a key was used; and what is
 * worked off in the background meanwhile.
 */
const OF_ANY_CALL: ReadonlySet<string> = new Set([
  'access_token',
  'api_key',
  'api_usage',
  'application_trace',
  'due_calendar',
  'request_record',
  'trace_backlog',
])

/** Tells everything that is stored, row by row, as lines that can be compared. */
export async function storedIn(world: {
  server: { services: Pick<Services, 'db' | 'clock'> }
}): Promise<() => Promise<string[]>> {
  const { db } = world.server.services
  const known = await db.introspection.getTables()
  const kept = known.filter(({ name, isView }) => !isView && !OF_ANY_CALL.has(name))
  // In one statement: a story asks thousands of times.
  const tables = kept.map(({ name, columns }) => {
    const values = sql.join(columns.map((column) => sql.ref(column.name)))
    const row = engineOf(db).lists === 'arrays' ? sql`json_build_array(${values})::text` : sql`json_array(${values})`
    return sql`select ${sql.lit(name)} as name, ${row} as line from ${sql.table(name)}`
  })
  const all = sql<{ name: string; line: string }>`${sql.join(tables, sql` union all `)} order by 1, 2`.compile(db)
  const isDue = async () => {
    const { db, clock } = world.server.services
    return await db
      .selectFrom('application_picture')
      .select('account_id')
      .where('state', '=', 'waiting')
      .where('due_at', '<=', clock.machine())
      .executeTakeFirst()
  }
  return async () => {
    // What the worker fetches for a case before has come first.
    await until(async () => !(await isDue()))
    return (await world.server.services.db.executeQuery(all)).rows.map(({ name, line }) => `${name} ${line}`)
  }
}
