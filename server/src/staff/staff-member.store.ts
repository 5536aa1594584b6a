import type { StaffState } from '@shenpi/sdk/contract/states'
import { type Kysely, type Selectable, sql } from 'kysely'
import type { Schema } from '../db/schema.ts'
import { toStaff } from './staff.store.ts'
import { type Staff, toNameKey } from './staff.ts'

/** A member of the staff as a list shows them. */
export interface StaffMember extends Staff {
  passkeys: number
  /** Sessions that go on. */
  sessions: number
  /** Of those sign-ins that failed and are kept: since the last that did not. */
  failedSignIns: number
  lastFailedAt: Date | null
}

/** Which sessions go on, by the machine's time. */
export interface GoingOn {
  now: number
  /** Who was idle longer has ended by itself. */
  usedAfter: number
}

interface Counts {
  passkeys: number | null
  sessions: number | null
  failed_sign_ins: number | null
  last_failed_at: number | null
}

function members(db: Kysely<Schema>, { now, usedAfter }: GoingOn) {
  const sinceLast = sql<boolean>`failed_sign_in.at > coalesce(staff.last_sign_in_at, 0)`
  return db
    .selectFrom('staff')
    .selectAll()
    .select(({ selectFrom, fn }) => [
      selectFrom('staff_passkey')
        .select(fn.countAll<number>().as('count'))
        .whereRef('staff_passkey.staff_id', '=', 'staff.staff_id')
        .as('passkeys'),
      selectFrom('staff_session')
        .select(fn.countAll<number>().as('count'))
        .whereRef('staff_session.staff_id', '=', 'staff.staff_id')
        .where('ended_at', 'is', null)
        .where('ends_at', '>', now)
        .where('last_used_at', '>', usedAfter)
        .as('sessions'),
      selectFrom('failed_sign_in')
        .select(fn.countAll<number>().as('count'))
        .whereRef('failed_sign_in.staff_id', '=', 'staff.staff_id')
        .where(sinceLast)
        .as('failed_sign_ins'),
      selectFrom('failed_sign_in')
        .select((failed) => failed.fn.max('at').as('at'))
        .whereRef('failed_sign_in.staff_id', '=', 'staff.staff_id')
        .where(sinceLast)
        .as('last_failed_at'),
    ])
}

const toMember = (row: Selectable<Schema['staff']> & Counts): StaffMember => ({
  ...toStaff(row),
  passkeys: Number(row.passkeys),
  sessions: Number(row.sessions),
  failedSignIns: Number(row.failed_sign_ins),
  lastFailedAt: row.last_failed_at === null ? null : new Date(Number(row.last_failed_at)),
})

/** @throws Error when there is none */
export async function getStaffMember(db: Kysely<Schema>, name: string, goingOn: GoingOn): Promise<StaffMember> {
  return toMember(await members(db, goingOn).where('name_key', '=', toNameKey(name)).executeTakeFirstOrThrow())
}

/** Those who came first, first. */
export async function listStaff(
  db: Kysely<Schema>,
  { state, limit, after = 0 }: { state?: StaffState | undefined; limit: number; after?: number },
  goingOn: GoingOn,
): Promise<StaffMember[]> {
  const page = members(db, goingOn).where('staff.staff_id', '>', after).orderBy('staff.staff_id').limit(limit)
  const rows = await (state ? page.where('state', '=', state) : page).execute()
  return rows.map(toMember)
}
