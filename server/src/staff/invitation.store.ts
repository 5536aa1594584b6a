import type { Kysely, Selectable, Transaction } from 'kysely'
import type { Schema } from '../db/schema.ts'
import type { LinkPurpose } from './one-time-link.store.ts'
import { toRoles } from './staff.store.ts'
import { toNameKey } from './staff.ts'

/** A one-time link that nobody has used yet. */
export interface Invitation extends LinkPurpose {
  invitationId: number
  createdAt: Date
  expiresAt: Date
}

const toInvitation = (row: Selectable<Schema['staff_invitation']>): Invitation => ({
  invitationId: row.invitation_id,
  purpose: row.purpose,
  name: row.name,
  roles: toRoles(row.roles),
  invitedBy: row.invited_by,
  createdAt: new Date(row.created_at),
  expiresAt: new Date(row.expires_at),
})

export async function findInvitation(
  db: Kysely<Schema>,
  tokenHash: string,
  now: Date,
): Promise<Invitation | undefined> {
  const query = db.selectFrom('staff_invitation').selectAll().where('token_hash', '=', tokenHash)
  const row = await query.where('expires_at', '>', now.getTime()).executeTakeFirst()
  return row && toInvitation(row)
}

/** Those of new members, the newest first. */
export async function listInvitations(db: Kysely<Schema>, now: Date, limit: number): Promise<Invitation[]> {
  const query = db.selectFrom('staff_invitation').selectAll().where('purpose', '=', 'invitation')
  const open = query.where('expires_at', '>', now.getTime()).orderBy('invitation_id', 'desc').limit(limit)
  return (await open.execute()).map(toInvitation)
}

export async function countInvitations(db: Kysely<Schema>, now: Date): Promise<number> {
  const count = db.selectFrom('staff_invitation').select(({ fn }) => fn.countAll().as('count'))
  return Number((await count.where('expires_at', '>', now.getTime()).executeTakeFirstOrThrow()).count)
}

/** Use a link up. @returns what it was; nothing when somebody else was faster */
export async function takeInvitation(trx: Transaction<Schema>, invitationId: number): Promise<Invitation | undefined> {
  const row = await trx
    .deleteFrom('staff_invitation')
    .where('invitation_id', '=', invitationId)
    .returningAll()
    .executeTakeFirst()
  return row && toInvitation(row)
}

/** The links of somebody lead nowhere any more. */
export async function dropInvitations(trx: Transaction<Schema>, name: string): Promise<void> {
  await trx.deleteFrom('staff_invitation').where('name_key', '=', toNameKey(name)).execute()
}
