import { type QueryExecutorProvider, sql } from 'kysely'
import { codesOf, messageOf } from '../../thrown.ts'
import { MIGRATIONS } from '../schema-migration.ts'
import { tellOfMigration } from './citus.ts'
import { describeStep, type FoundTable, PLACEMENTS, planPlacing, type Step, UNCHANGED } from './placement.ts'

const INSUFFICIENT_PRIVILEGE = '42501'

/**
 * What is still to be placed, in words; tables that are yet to come included.
 *
 * @throws Error in a sentence when a table was placed by hand where it cannot stay
 */
export async function listSteps(db: QueryExecutorProvider): Promise<string[]> {
  const found = await readTables(db)
  const missing = Object.keys(PLACEMENTS).filter((name) => !found.some((table) => table.name === name))
  const toCome = missing.map((name) => ({ name, place: 'coordinator', column: null, neighbours: null }) as const)
  return planPlacing([...found, ...toCome]).map(describeStep)
}

/**
 * Place every table that is not yet where it belongs; of servers that start together one does it.
 *
 * @param tell told what is about to happen
 * @throws Error in a sentence when it cannot be done: the transaction must end with it then
 */
export async function placeTables(trx: QueryExecutorProvider, tell: (line: string) => void): Promise<void> {
  await sql`lock table ${sql.table(MIGRATIONS)} in share row exclusive mode`.execute(trx)
  const tables = await readTables(trx)
  const steps = planPlacing(tables)
  if (steps.length === 0) return
  tell(`placing ${steps.length} tables on the nodes of Citus`)
  try {
    await tellOfMigration(trx)
    await releaseNoted(trx, tables)
    for (const step of steps) await place(trx, step)
    // What was copied from the coordinator would lie there for good.
    const ours = tables.filter(({ name }) => name in PLACEMENTS).map(({ name }) => sql`${name}::regclass`)
    await sql`select truncate_local_data_after_distributing_table(logicalrelid) from pg_dist_partition
      where logicalrelid in (${sql.join(ours)})`.execute(trx)
  } catch (error) {
    throw new Error(toSentence(error), { cause: error })
  }
}

async function readTables(db: QueryExecutorProvider): Promise<FoundTable[]> {
  // Not from the view `citus_tables`, which asks every node for sizes: a server starts while one is down.
  const { rows } = await sql<FoundTable>`
    select relname as name, case
        when partmethod is null then 'coordinator'
        when partmethod = 'h' then 'shards'
        when partmethod = 'n' and repmodel = 't' then 'everywhere'
        when partmethod = 'n' and colocationid = 0 then 'noted'
        else 'otherwise' end as place,
      case when partmethod = 'h' then column_to_column_name(logicalrelid, partkey) end as column,
      case when partmethod = 'h' then colocationid end as neighbours
    from pg_class left join pg_dist_partition on logicalrelid = oid
    where relnamespace = current_schema()::regnamespace and relkind = 'r'`.execute(db)
  return rows
}

/** Tables that Citus noted can be distributed only without the keys that made it note them. */
async function releaseNoted(trx: QueryExecutorProvider, tables: readonly FoundTable[]): Promise<void> {
  const noted = tables.filter(({ place }) => place === 'noted')
  if (noted.length === 0) return
  const names = sql.join(noted.map(({ name }) => sql`${name}::regclass`))
  const { rows: keys } = await sql<{ table: string; name: string; definition: string }>`
    select relname as table, conname as name, pg_get_constraintdef(k.oid) as definition
    from pg_constraint k join pg_class t on t.oid = conrelid
    where contype = 'f' and conrelid in (${names})`.execute(trx)
  for (const { table, name } of keys) {
    await sql`alter table ${sql.table(table)} drop constraint ${sql.ref(name)}`.execute(trx)
  }
  await sql`select undistribute_table(logicalrelid) from pg_dist_partition where logicalrelid in (${names})`.execute(
    trx,
  )
  for (const { table, name, definition } of keys) {
    await sql`alter table ${sql.table(table)} add constraint ${sql.ref(name)} ${sql.raw(definition)}`.execute(trx)
  }
}

async function place(trx: QueryExecutorProvider, step: Step): Promise<void> {
  if (step.to === 'everywhere') await sql`select create_reference_table(${step.table})`.execute(trx)
  else {
    const beside = step.beside ?? 'none'
    await sql`select create_distributed_table(${step.table}, ${step.by}, colocate_with => ${beside})`.execute(trx)
  }
}

function toSentence(error: unknown): string {
  const rights = codesOf(error).code === INSUFFICIENT_PRIVILEGE ? 'the user of DATABASE_URL has no right to it, ' : ''
  return `the database has the extension citus, but its tables cannot be placed: ${rights}${messageOf(error)}. ${UNCHANGED}`
}
