import type { Kysely, Selectable, Transaction } from 'kysely'
import type { Schema } from '../db/schema.ts'

/** Passkeys that a member of the staff may have. */
export const PASSKEYS_MAX = 20

export interface Passkey {
  passkeyId: number
  credentialId: string
  staffId: number
  publicKey: string
  counter: number
  transports: readonly string[]
  label: string
  createdAt: Date
  lastUsedAt: Date | null
}

const toPasskey = (row: Selectable<Schema['staff_passkey']>): Passkey => ({
  passkeyId: row.passkey_id,
  credentialId: row.credential_id,
  staffId: row.staff_id,
  publicKey: row.public_key,
  counter: row.counter,
  transports: JSON.parse(row.transports),
  label: row.label,
  createdAt: new Date(row.created_at),
  lastUsedAt: row.last_used_at === null ? null : new Date(row.last_used_at),
})

export async function listPasskeys(db: Kysely<Schema>, staffId: number): Promise<Passkey[]> {
  const of = db.selectFrom('staff_passkey').selectAll().where('staff_id', '=', staffId)
  return (await of.orderBy('passkey_id').limit(PASSKEYS_MAX).execute()).map(toPasskey)
}

export async function findPasskey(db: Kysely<Schema>, credentialId: string): Promise<Passkey | undefined> {
  const row = await db
    .selectFrom('staff_passkey')
    .selectAll()
    .where('credential_id', '=', credentialId)
    .executeTakeFirst()
  return row && toPasskey(row)
}

/** @returns its number; nothing when somebody has it already */
export async function insertPasskey(
  trx: Transaction<Schema>,
  passkey: Omit<Passkey, 'passkeyId' | 'lastUsedAt'>,
): Promise<number | undefined> {
  const row = await trx
    .insertInto('staff_passkey')
    .values({
      credential_id: passkey.credentialId,
      staff_id: passkey.staffId,
      public_key: passkey.publicKey,
      counter: passkey.counter,
      transports: JSON.stringify(passkey.transports),
      label: passkey.label,
      created_at: passkey.createdAt.getTime(),
      last_used_at: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('passkey_id')
    .executeTakeFirst()
  return row?.passkey_id
}

/** @returns whether it is still there */
export async function savePasskeyUse(
  trx: Transaction<Schema>,
  passkeyId: number,
  { counter, at }: { counter: number; at: Date },
): Promise<boolean> {
  const update = trx.updateTable('staff_passkey').set({ counter, last_used_at: at.getTime() })
  const { numUpdatedRows } = await update.where('passkey_id', '=', passkeyId).executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

/** @returns its label; nothing when there is none */
export async function deletePasskey(
  trx: Transaction<Schema>,
  staffId: number,
  passkeyId: number,
): Promise<string | undefined> {
  const deletion = trx.deleteFrom('staff_passkey').where('staff_id', '=', staffId).where('passkey_id', '=', passkeyId)
  return (await deletion.returning('label').executeTakeFirst())?.label
}

/** In place of all that were there. */
export async function saveRecoveryCodes(
  trx: Transaction<Schema>,
  staffId: number,
  hashes: readonly string[],
): Promise<void> {
  await trx.deleteFrom('staff_recovery_code').where('staff_id', '=', staffId).execute()
  if (hashes.length === 0) return
  const rows = hashes.map((code_hash) => ({ staff_id: staffId, code_hash }))
  await trx.insertInto('staff_recovery_code').values(rows).execute()
}

/** Use a code up. @returns whether it was good */
export async function takeRecoveryCode(trx: Transaction<Schema>, staffId: number, codeHash: string): Promise<boolean> {
  const { numDeletedRows } = await trx
    .deleteFrom('staff_recovery_code')
    .where('staff_id', '=', staffId)
    .where('code_hash', '=', codeHash)
    .executeTakeFirstOrThrow()
  return numDeletedRows === 1n
}

export async function countRecoveryCodes(db: Kysely<Schema>, staffId: number): Promise<number> {
  const { count } = await db
    .selectFrom('staff_recovery_code')
    .select(({ fn }) => fn.countAll().as('count'))
    .where('staff_id', '=', staffId)
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** Note that a challenge was answered. @returns whether it was the first time */
export async function spendChallenge(
  trx: Transaction<Schema>,
  challengeHash: string,
  { now, expiresAt }: { now: number; expiresAt: number },
): Promise<boolean> {
  await trx.deleteFrom('spent_challenge').where('expires_at', '<', now).execute()
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('spent_challenge')
    .values({ challenge_hash: challengeHash, expires_at: expiresAt })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}
