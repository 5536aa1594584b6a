import { type Kysely, sql } from 'kysely'
import type { Schema } from '../db/schema.ts'

/** How wrong tries of one key are slowed down. Unit: milliseconds of the machine's time. */
export interface SlowedAfter {
  /** Wrong tries until then are free. */
  wrongMax: number
  /** The wait between two tries after that. */
  pauseMs: number
  /** How long they are remembered after the last. */
  rememberedMs: number
}

/** Rows that are deleted with one that is written: those of days long past must not pile up. */
const DELETED_MAX = 100

/**
 * Count a try as a wrong one before it is looked at, so that tries that come together are counted too. The condition
 * stands in the statement: of two tries that come when one is due, one is admitted.
 *
 * @returns how many are counted; nothing when no try is due
 */
export async function countTry(
  db: Kysely<Schema>,
  key: string,
  now: number,
  { wrongMax, pauseMs, rememberedMs }: SlowedAfter,
): Promise<number | undefined> {
  const isForgotten = sql<boolean>`sign_in_limit.last_at <= ${now - rememberedMs}`
  const row = await db
    .insertInto('sign_in_limit')
    .values({ limit_key: key, wrong: 1, last_at: now })
    .onConflict((conflict) =>
      conflict
        .column('limit_key')
        .doUpdateSet({ wrong: sql`case when ${isForgotten} then 1 else sign_in_limit.wrong + 1 end`, last_at: now })
        .where(sql<boolean>`sign_in_limit.wrong < ${wrongMax} or sign_in_limit.last_at <= ${now - pauseMs}`),
    )
    .returning('wrong')
    .executeTakeFirst()
  return row?.wrong
}

/** A try was right: what was guessed before counts no more. */
export async function forgetTries(db: Kysely<Schema>, key: string): Promise<void> {
  await db.deleteFrom('sign_in_limit').where('limit_key', '=', key).execute()
}

/** A try was right, and says nothing of the others from there. */
export async function uncountTry(db: Kysely<Schema>, key: string): Promise<void> {
  const update = db.updateTable('sign_in_limit').set(({ eb }) => ({ wrong: eb('wrong', '-', 1) }))
  await update.where('limit_key', '=', key).where('wrong', '>', 0).execute()
}

export async function dropOldTries(db: Kysely<Schema>, before: number): Promise<void> {
  const old = await db
    .selectFrom('sign_in_limit')
    .select('limit_key')
    .where('last_at', '<', before)
    .limit(DELETED_MAX)
    .execute()
  for (const { limit_key } of old) {
    await db.deleteFrom('sign_in_limit').where('limit_key', '=', limit_key).where('last_at', '<', before).execute()
  }
}
