import type { SignInWay } from '@shenpi/sdk/contract/states'
import type { Kysely } from 'kysely'
import type { Schema } from '../db/schema.ts'
import type { Visitor } from './sessions/session.ts'

/** Failed sign-ins that are kept of a member of the staff. */
export const FAILED_KEPT = 20

export interface FailedSignIn extends Pick<Visitor, 'address' | 'userAgent'> {
  at: Date
  way: SignInWay
}

export async function insertFailedSignIn(
  db: Kysely<Schema>,
  staffId: number,
  { at, way, address, userAgent }: FailedSignIn,
): Promise<void> {
  await db
    .insertInto('failed_sign_in')
    .values({ staff_id: staffId, at: at.getTime(), way, address, user_agent: userAgent })
    .execute()
  const of = db.selectFrom('failed_sign_in').select('failed_id').where('staff_id', '=', staffId)
  const oldest = await of.orderBy('failed_id', 'desc').offset(FAILED_KEPT).limit(1).executeTakeFirst()
  if (!oldest) return
  const surplus = db.deleteFrom('failed_sign_in').where('staff_id', '=', staffId)
  await surplus.where('failed_id', '<=', oldest.failed_id).execute()
}

/** The newest first. */
export async function listFailedSignIns(db: Kysely<Schema>, staffId: number): Promise<FailedSignIn[]> {
  const of = db.selectFrom('failed_sign_in').selectAll().where('staff_id', '=', staffId)
  const rows = await of.orderBy('failed_id', 'desc').limit(FAILED_KEPT).execute()
  return rows.map(({ at, way, address, user_agent }) => ({ at: new Date(at), way, address, userAgent: user_agent }))
}

/** How many of those that are kept came after a time. */
export async function countFailedSignIns(db: Kysely<Schema>, staffId: number, after: Date | null): Promise<number> {
  const { count } = await db
    .selectFrom('failed_sign_in')
    .select(({ fn }) => fn.countAll().as('count'))
    .where('staff_id', '=', staffId)
    .where('at', '>', after?.getTime() ?? 0)
    .executeTakeFirstOrThrow()
  return Number(count)
}
