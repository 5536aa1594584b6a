import { Kysely, sql } from 'kysely'
import { codesOf } from '../thrown.ts'
import { Damage } from './damage.ts'
import type { Deadlines } from './postgres/dialect.ts'
import type { Schema } from './schema.ts'

export type Database = Kysely<Schema>

/** Listeners for what happens to a database besides its answers. */
interface DatabaseListener {
  /** An idle PostgreSQL connection broke. */
  onIdleError?(error: Error): void
  /** A statement met something that is damaged: told once. */
  onDamage?(error: Error): void
}

/**
 * Open the database: PostgreSQL by its URL, or the SQLite file in the data directory. Nothing is migrated yet.
 *
 * @param place its `deadlines` are PostgreSQL's, shorter ones for a test; where `isThrowaway` SQLite's commits do not wait
 *   for the disk
 * @throws Error of SQLite when the file is none of its own or cut off: its header, its size and its schema are read
 */
export async function openDatabase(
  place: {
    databaseUrl?: string | undefined
    sqlitePath: string
    deadlines?: Deadlines
    isThrowaway?: boolean | undefined
  },
  { onIdleError = () => {}, onDamage = () => {} }: DatabaseListener = {},
): Promise<Database> {
  const damage = new Damage(onDamage)
  // Only the driver that is used is loaded: it is a good part of a cold start.
  if (place.databaseUrl) {
    const { postgresDialect } = await import('./postgres/dialect.ts')
    return new Kysely<Schema>({ dialect: postgresDialect(place.databaseUrl, { damage, onIdleError }, place.deadlines) })
  }
  const { sqliteDialect } = await import('./sqlite/dialect.ts')
  const db = new Kysely<Schema>({ dialect: sqliteDialect(place.sqlitePath, damage, place.isThrowaway) })
  // Kysely would open the file with the first statement that goes its way; reads of `statements.ts` take a shorter one.
  await sql`select 1 from sqlite_schema`.execute(db)
  return db
}

const POSTGRES_UNIQUE_VIOLATION = '23505'
const POSTGRES_NULL_VIOLATION = '23502'
const SQLITE_CONSTRAINT_NOTNULL = 1299
const SQLITE_CONSTRAINT_UNIQUE = 2067
const SQLITE_CONSTRAINT_PRIMARYKEY = 1555
/** Two waited for each other, or one gave up before it came to that. */
const POSTGRES_DEADLOCKS = ['40P01', '55P03']
/** How often at most something is done that a deadlock undoes: each time a second, or its own patience, has passed. */
const DEADLOCK_TRIES = 5
/** The classes "data exception" and "integrity constraint violation" of SQLSTATE. */
const POSTGRES_REFUSALS = /^2[23]/
/** Each code of a constraint, a column's type among them, has this one in its last byte; a key's type has the other. */
const SQLITE_CONSTRAINT = 19
const SQLITE_MISMATCH = 20

/** Whether a statement failed because a row with the same key or unique columns is already there. */
export function isUniqueViolation(error: unknown): boolean {
  const { code, errcode } = codesOf(error)
  return (
    code === POSTGRES_UNIQUE_VIOLATION ||
    errcode === SQLITE_CONSTRAINT_UNIQUE ||
    errcode === SQLITE_CONSTRAINT_PRIMARYKEY
  )
}

/** Whether a statement failed because of what it was to write: a value of another type, one too few, a row twice. */
export function isRowRefused(error: unknown): boolean {
  const { code, errcode } = codesOf(error)
  return POSTGRES_REFUSALS.test(String(code)) || [SQLITE_CONSTRAINT, SQLITE_MISMATCH].includes(Number(errcode) & 0xff)
}

/**
 * Do again what PostgreSQL undid because it and another waited for each other, as two may who change the same rows in
 * different orders.
 *
 * @param work one statement, or a transaction from its beginning
 */
export async function repeatAfterDeadlock<T>(work: () => Promise<T>): Promise<T> {
  for (let left = DEADLOCK_TRIES - 1; ; left -= 1) {
    try {
      return await work()
    } catch (error) {
      if (!isDeadlock(error) || left === 0) throw error
    }
  }
}

/** Whether a statement failed because it and another waited for each other, or it would have waited too long. */
export const isDeadlock = (error: unknown): boolean => POSTGRES_DEADLOCKS.includes(String(codesOf(error).code))

/** Whether a statement failed because it left a column without a value that must have one. */
export function isNullViolation(error: unknown, column: string): boolean {
  const { code, errcode } = codesOf(error)
  if (!(error instanceof Error)) return false
  if (code === POSTGRES_NULL_VIOLATION) {
    // Citus hands on the message of a worker, and not the column.
    const told = 'column' in error ? error.column : undefined
    return told === undefined ? error.message.includes(`"${column}"`) : told === column
  }
  return errcode === SQLITE_CONSTRAINT_NOTNULL && error.message.endsWith(`.${column}`)
}

/** Ask the database for something small. @throws the driver's error when there is no database that answers */
export async function ping(db: Database): Promise<void> {
  await db.selectFrom('account').select('account_id').limit(1).execute()
}
