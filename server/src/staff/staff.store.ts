import { type Language, ROLES, type Role, type StaffState } from '@shenpi/sdk/contract/states'
import type { Kysely, Selectable, Transaction } from 'kysely'
import type { Schema } from '../db/schema.ts'
import { Problem } from '../problem.ts'
import { isOperator } from './one-time-link.store.ts'
import { type Staff, toNameKey } from './staff.ts'

export const toRoles = (roles: string): Role[] => ROLES.filter((role) => JSON.parse(roles).includes(role))

const toDate = (time: number | null): Date | null => (time === null ? null : new Date(time))

export const toStaff = (row: Selectable<Schema['staff']>): Staff => ({
  staffId: row.staff_id,
  name: row.name,
  roles: toRoles(row.roles),
  state: row.state,
  language: row.language,
  createdAt: new Date(row.created_at),
  lastSignInAt: toDate(row.last_sign_in_at),
  passwordHash: row.password_hash,
  totpSealed: row.totp_sealed,
  totpStep: row.totp_step,
  oidcSubject: row.oidc_subject,
})

export async function findStaffByName(db: Kysely<Schema>, name: string): Promise<Staff | undefined> {
  const row = await db.selectFrom('staff').selectAll().where('name_key', '=', toNameKey(name)).executeTakeFirst()
  return row && toStaff(row)
}

/** @throws Problem `staff.unknown` */
export async function getStaffByName(db: Kysely<Schema>, name: string): Promise<Staff> {
  const staff = await findStaffByName(db, name)
  if (!staff) throw new Problem('staff.unknown')
  return staff
}

export async function findStaff(db: Kysely<Schema>, staffId: number): Promise<Staff | undefined> {
  const row = await db.selectFrom('staff').selectAll().where('staff_id', '=', staffId).executeTakeFirst()
  return row && toStaff(row)
}

/** @throws Error when there is none */
export async function getStaff(db: Kysely<Schema>, staffId: number): Promise<Staff> {
  return toStaff(await db.selectFrom('staff').selectAll().where('staff_id', '=', staffId).executeTakeFirstOrThrow())
}

export async function findStaffBySubject(db: Kysely<Schema>, subject: string): Promise<Staff | undefined> {
  const row = await db.selectFrom('staff').selectAll().where('oidc_subject', '=', subject).executeTakeFirst()
  return row && toStaff(row)
}

/** Whether another operator is left who can sign in: one who has to choose a password first may never do so. */
export async function hasOtherOperator(db: Kysely<Schema>, staffId: number): Promise<boolean> {
  const active = db.selectFrom('staff').select('staff_id').where(isOperator).where('state', '=', 'active')
  const others = active
    .where('staff_id', '<>', staffId)
    .where(({ or, eb, exists, selectFrom }) =>
      or([
        eb('password_hash', 'is not', null),
        eb('oidc_subject', 'is not', null),
        exists(
          selectFrom('staff_passkey').select('passkey_id').whereRef('staff_passkey.staff_id', '=', 'staff.staff_id'),
        ),
      ]),
    )
  return (await others.limit(1).executeTakeFirst()) !== undefined
}

type NewStaff = Pick<Staff, 'name' | 'roles' | 'createdAt' | 'passwordHash' | 'language' | 'oidcSubject'>

export async function insertStaff(trx: Transaction<Schema>, staff: NewStaff): Promise<Staff> {
  const row = await trx
    .insertInto('staff')
    .values({
      name: staff.name,
      name_key: toNameKey(staff.name),
      roles: JSON.stringify(staff.roles),
      state: 'active',
      language: staff.language,
      created_at: staff.createdAt.getTime(),
      password_hash: staff.passwordHash,
      totp_step: 0,
      oidc_subject: staff.oidcSubject,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return toStaff(row)
}

const change = (db: Kysely<Schema>, staffId: number) => db.updateTable('staff').where('staff_id', '=', staffId)

export async function saveRoles(trx: Transaction<Schema>, staffId: number, roles: readonly Role[]): Promise<void> {
  await change(trx, staffId)
    .set({ roles: JSON.stringify(roles) })
    .execute()
}

export async function saveStaffState(trx: Transaction<Schema>, staffId: number, state: StaffState): Promise<void> {
  await change(trx, staffId).set({ state }).execute()
}

export async function saveLanguage(db: Kysely<Schema>, staffId: number, language: Language): Promise<void> {
  await change(db, staffId).set({ language }).execute()
}

/** @returns whether the one before was still there */
export async function savePassword(
  db: Kysely<Schema>,
  staffId: number,
  { passwordHash, before }: { passwordHash: string; before: string | null },
): Promise<boolean> {
  const update = change(db, staffId).set({ password_hash: passwordHash })
  const { numUpdatedRows } = await update
    .where('password_hash', before === null ? 'is' : '=', before)
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

/** @param totpSealed the secret of the authenticator app; null: no codes are asked for */
export async function saveTotp(
  trx: Transaction<Schema>,
  staffId: number,
  { totpSealed, totpStep }: Pick<Staff, 'totpSealed' | 'totpStep'>,
): Promise<void> {
  await change(trx, staffId).set({ totp_sealed: totpSealed, totp_step: totpStep }).execute()
}

/** @returns whether the code of the step was good: it is good once, and so are none before it */
export async function takeTotpStep(trx: Transaction<Schema>, staffId: number, step: number): Promise<boolean> {
  const { numUpdatedRows } = await change(trx, staffId)
    .set({ totp_step: step })
    .where('totp_step', '<', step)
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

export async function saveLastSignIn(trx: Transaction<Schema>, staffId: number, at: Date): Promise<void> {
  await change(trx, staffId).set({ last_sign_in_at: at.getTime() }).execute()
}

/** Take password, codes and passkeys away: nothing that somebody knew or had opens a session any more. */
export async function dropCredentials(trx: Transaction<Schema>, staffId: number): Promise<void> {
  await change(trx, staffId).set({ password_hash: null, totp_sealed: null }).execute()
  await trx.deleteFrom('staff_passkey').where('staff_id', '=', staffId).execute()
  await trx.deleteFrom('staff_recovery_code').where('staff_id', '=', staffId).execute()
}
