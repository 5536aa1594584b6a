import { ROLES } from '@shenpi/sdk/contract/states'
import type { Kysely, Selectable } from 'kysely'
import type { Schema } from '../db/schema.ts'
import type { ApiKey } from './api-key.ts'

type Row = Selectable<Schema['api_key']>

const toDate = (at: number | null) => (at === null ? null : new Date(at))

const toKey = (row: Omit<Row, 'key_hash'>): ApiKey => ({
  name: row.name,
  roles: ROLES.filter((role) => JSON.parse(row.roles).includes(role)),
  createdAt: new Date(row.created_at),
  createdBy: row.created_by,
  endsAt: toDate(row.ends_at),
  lastUsedAt: toDate(row.last_used_at),
  revokedAt: toDate(row.revoked_at),
})

/** @returns whether it was inserted: a hash or a name that is there already stays as it is */
export async function insertKey(
  db: Kysely<Schema>,
  keyHash: string,
  { name, roles, createdAt, createdBy, endsAt }: Omit<ApiKey, 'lastUsedAt' | 'revokedAt'>,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('api_key')
    .values({
      key_hash: keyHash,
      name,
      roles: JSON.stringify(roles),
      created_at: createdAt.getTime(),
      created_by: createdBy,
      ends_at: endsAt?.getTime() ?? null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}

export async function keyNameIsFree(db: Kysely<Schema>, name: string): Promise<boolean> {
  return (await db.selectFrom('api_key').select('name').where('name', '=', name).executeTakeFirst()) === undefined
}

export async function findKey(db: Kysely<Schema>, keyHash: string): Promise<ApiKey | undefined> {
  const row = await db.selectFrom('api_key').selectAll().where('key_hash', '=', keyHash).executeTakeFirst()
  return row && toKey(row)
}

export async function findKeyByName(db: Kysely<Schema>, name: string): Promise<ApiKey | undefined> {
  const row = await db.selectFrom('api_key').selectAll().where('name', '=', name).executeTakeFirst()
  return row && toKey(row)
}

/** By their names. @param createdBy of one maker alone */
export async function listKeys(
  db: Kysely<Schema>,
  { limit, after = '', createdBy }: { limit: number; after?: string | undefined; createdBy?: string | undefined },
): Promise<ApiKey[]> {
  const query = db.selectFrom('api_key').selectAll().where('name', '>', after)
  const made = createdBy === undefined ? query : query.where('created_by', '=', createdBy)
  return (await made.orderBy('name').limit(limit).execute()).map(toKey)
}

/** Revoke what somebody made and nobody revoked yet. @returns their names */
export async function saveRevocationOf(db: Kysely<Schema>, createdBy: string, at: Date): Promise<string[]> {
  const update = db.updateTable('api_key').set({ revoked_at: at.getTime() }).where('created_by', '=', createdBy)
  const rows = await update.where('revoked_at', 'is', null).returning('name').execute()
  return rows.map(({ name }) => name).sort()
}

/** Once revoked a key stays so. */
export async function saveRevocation(db: Kysely<Schema>, name: string, at: Date): Promise<void> {
  const update = db.updateTable('api_key').set({ revoked_at: at.getTime() }).where('name', '=', name)
  await update.where('revoked_at', 'is', null).execute()
}

export async function saveKeyUse(db: Kysely<Schema>, name: string, at: Date): Promise<void> {
  await db.updateTable('api_key').set({ last_used_at: at.getTime() }).where('name', '=', name).execute()
}
