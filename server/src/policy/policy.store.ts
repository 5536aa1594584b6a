import type { Kysely, Selectable, Transaction } from 'kysely'
import type { Schema } from '../db/schema.ts'
import type { CalendarYear } from '../time/working-days.ts'
import type { PolicyVersion } from './policy.ts'

/** A year that was loaded, and when. */
export type LoadedYear = CalendarYear & { loadedAt: Date }

const toVersion = (row: Selectable<Schema['policy_version']>): PolicyVersion => ({
  version: row.version,
  settings: JSON.parse(row.settings),
  at: new Date(row.at),
  actor: row.actor,
  reason: row.reason,
})

/** The newest first. @param before the version that the list goes on behind */
export async function listPolicyVersions(db: Kysely<Schema>, limit: number, before?: number): Promise<PolicyVersion[]> {
  let query = db.selectFrom('policy_version').selectAll().orderBy('version', 'desc').limit(limit)
  if (before !== undefined) query = query.where('version', '<', before)
  return (await query.execute()).map(toVersion)
}

export async function findPolicyVersion(db: Kysely<Schema>): Promise<PolicyVersion | undefined> {
  const [newest] = await listPolicyVersions(db, 1)
  return newest
}

export async function insertPolicyVersion(trx: Transaction<Schema>, version: PolicyVersion): Promise<void> {
  const settings = JSON.stringify(version.settings)
  await trx
    .insertInto('policy_version')
    .values({ ...version, settings, at: version.at.getTime() })
    .execute()
}

/** The years that were loaded. */
export async function listCalendarYears(db: Kysely<Schema>): Promise<LoadedYear[]> {
  const rows = await db.selectFrom('calendar_year').selectAll().orderBy('year').execute()
  return rows.map(({ year, days, loaded_at }) => ({ year, ...JSON.parse(days), loadedAt: new Date(loaded_at) }))
}

/** A year that was loaded before is replaced. */
export async function saveCalendarYear(
  trx: Transaction<Schema>,
  { year, holidays, workdays }: CalendarYear,
  at: Date,
): Promise<void> {
  const row = { days: JSON.stringify({ holidays, workdays }), loaded_at: at.getTime() }
  await trx
    .insertInto('calendar_year')
    .values({ year, ...row })
    .onConflict((conflict) => conflict.column('year').doUpdateSet(row))
    .execute()
}

/** By which calendar the due times of open applications were computed; undefined before the first time. */
export async function findComputedCalendar(db: Kysely<Schema>): Promise<string | undefined> {
  return (await db.selectFrom('due_calendar').select('calendar_hash').executeTakeFirst())?.calendar_hash
}

export async function saveComputedCalendar(db: Kysely<Schema>, calendarHash: string, at: Date): Promise<void> {
  const row = { calendar_hash: calendarHash, computed_at: at.getTime() }
  await db
    .insertInto('due_calendar')
    .values({ row_id: 1, ...row })
    .onConflict((conflict) => conflict.column('row_id').doUpdateSet(row))
    .execute()
}
