import type { Kysely, Selectable, Transaction } from 'kysely'
import type { Schema } from '../../db/schema.ts'
import { prepared } from '../../db/statements.ts'
import { toRoles } from '../staff.store.ts'
import type { Session, SignedIn, Visitor } from './session.ts'

/** Sessions that a member of the staff may have at once: a new one ends the oldest. */
export const SESSIONS_MAX = 50
/** How long ended sessions are kept, because they tell from where somebody signs in. Unit: milliseconds. */
const KEPT_MS = 30 * 24 * 60 * 60_000

const COLUMNS = [
  'session_id',
  'way',
  'address',
  'user_agent',
  'staff_session.created_at',
  'last_used_at',
  'ends_at',
  'failed_before',
] as const

type Row = Pick<
  Selectable<Schema['staff_session']>,
  'session_id' | 'way' | 'address' | 'user_agent' | 'created_at' | 'last_used_at' | 'ends_at' | 'failed_before'
>

const toSession = (row: Row): Session => ({
  sessionId: row.session_id,
  way: row.way,
  address: row.address,
  userAgent: row.user_agent,
  createdAt: new Date(row.created_at),
  lastUsedAt: new Date(row.last_used_at),
  endsAt: new Date(row.ends_at),
  failedBefore: row.failed_before,
})

const selectByToken = prepared((db, { tokenHash }: { tokenHash: string }) =>
  db
    .selectFrom('staff_session')
    .innerJoin('staff', 'staff.staff_id', 'staff_session.staff_id')
    .select([...COLUMNS, 'staff.staff_id', 'name', 'roles', 'language'])
    .where('token_hash', '=', tokenHash)
    .where('ended_at', 'is', null)
    .where('state', '=', 'active'),
)

/** The session of a token, and whose it is, if it was not ended. Whether its time is over the caller looks. */
export async function findSession(db: Kysely<Schema>, tokenHash: string): Promise<SignedIn | undefined> {
  const [row] = await selectByToken(db, { tokenHash })
  if (!row) return undefined
  const { staff_id: staffId, name, roles, language } = row
  return { session: toSession(row), staff: { staffId, name, roles: toRoles(roles), language } }
}

const updateUse = prepared((db, { sessionId, at }: { sessionId: number; at: number }) =>
  db.updateTable('staff_session').set({ last_used_at: at }).where('session_id', '=', sessionId),
)

export async function saveSessionUse(db: Kysely<Schema>, sessionId: number, at: number): Promise<void> {
  await updateUse(db, { sessionId, at })
}

interface NewSession {
  tokenHash: string
  staffId: number
  way: Session['way']
  visitor: Visitor
  now: number
  endsAt: number
  failedBefore: number
}

/** What has ended long ago makes room. */
export async function insertSession(trx: Transaction<Schema>, session: NewSession): Promise<void> {
  const { staffId, visitor, now } = session
  await trx
    .deleteFrom('staff_session')
    .where('staff_id', '=', staffId)
    .where(({ or, eb }) => or([eb('ended_at', '<', now - KEPT_MS), eb('ends_at', '<', now - KEPT_MS)]))
    .execute()
  await trx
    .insertInto('staff_session')
    .values({
      token_hash: session.tokenHash,
      staff_id: staffId,
      way: session.way,
      address: visitor.address,
      network: visitor.network,
      user_agent: visitor.userAgent,
      created_at: now,
      last_used_at: now,
      ends_at: session.endsAt,
      failed_before: session.failedBefore,
    })
    .execute()
}

const open = (db: Kysely<Schema>, staffId: number) =>
  db.selectFrom('staff_session').where('staff_id', '=', staffId).where('ended_at', 'is', null)

/** Those that go on, the newest first. @param usedAfter who was idle longer has ended by itself */
export async function listSessions(
  db: Kysely<Schema>,
  staffId: number,
  { now, usedAfter }: { now: number; usedAfter: number },
): Promise<Session[]> {
  const rows = await open(db, staffId)
    .select(COLUMNS)
    .where('ends_at', '>', now)
    .where('last_used_at', '>', usedAfter)
    .orderBy('session_id', 'desc')
    .limit(SESSIONS_MAX)
    .execute()
  return rows.map(toSession)
}

/** End those beyond the most that one may have, the oldest. */
export async function endSurplusSessions(trx: Transaction<Schema>, staffId: number, at: number): Promise<void> {
  const newest = open(trx, staffId).select('session_id').orderBy('session_id', 'desc')
  const surplus = await newest.offset(SESSIONS_MAX).limit(SESSIONS_MAX).execute()
  for (const { session_id } of surplus) await endSession(trx, { staffId, sessionId: session_id, at })
}

/** @returns whether it was going on */
export async function endSession(
  db: Kysely<Schema>,
  { staffId, sessionId, at }: { staffId: number; sessionId: number; at: number },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('staff_session')
    .set({ ended_at: at })
    .where('session_id', '=', sessionId)
    .where('staff_id', '=', staffId)
    .where('ended_at', 'is', null)
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

/** End the session of a token, whosever it is. */
export async function endSessionOf(trx: Transaction<Schema>, tokenHash: string, at: number): Promise<void> {
  const update = trx.updateTable('staff_session').set({ ended_at: at }).where('token_hash', '=', tokenHash)
  await update.where('ended_at', 'is', null).execute()
}

/** End all of somebody's. @param except one that goes on. @returns how many */
export async function endSessions(
  trx: Transaction<Schema>,
  { staffId, at, except = 0 }: { staffId: number; at: number; except?: number },
): Promise<number> {
  const { numUpdatedRows } = await trx
    .updateTable('staff_session')
    .set({ ended_at: at })
    .where('staff_id', '=', staffId)
    .where('session_id', '<>', except)
    .where('ended_at', 'is', null)
    .executeTakeFirstOrThrow()
  return Number(numUpdatedRows)
}

/** Whether somebody has signed in from a network before. */
export async function isKnownNetwork(db: Kysely<Schema>, staffId: number, network: string): Promise<boolean> {
  const before = db.selectFrom('staff_session').select('session_id').where('staff_id', '=', staffId)
  return (await before.where('network', '=', network).limit(1).executeTakeFirst()) !== undefined
}
