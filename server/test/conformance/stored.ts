import { sql } from 'kysely'
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

/** Tells everything that is stored, table by table, as lines that can be compared. */
export async function storedIn(world: {
  server: { services: Pick<Services, 'db' | 'clock'> }
}): Promise<() => Promise<Record<string, string[]>>> {
  const known = await world.server.services.db.introspection.getTables()
  const tables = known.flatMap(({ name, isView }) => (isView || OF_ANY_CALL.has(name) ? [] : name))
  const read = async (table: string) => {
    const { rows } = await sql`select * from ${sql.table(table)}`.execute(world.server.services.db)
    return [table, rows.map((row) => JSON.stringify(row)).sort()] as const
  }
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
    return Object.fromEntries(await Promise.all(tables.map(read)))
  }
}
