import { type InvitationPurpose, ROLES, type Role } from '@shenpi/sdk/contract/states'
import { type Kysely, sql, type Transaction } from 'kysely'
import { hashSecret } from '../accounts/secret.ts'
import type { Schema } from '../db/schema.ts'
import { drawSecret } from '../entropy/draw-secret.ts'
import type { Clock } from '../time/clock.ts'

/** How long a one-time link is good. Unit: milliseconds. */
const LINK_MS = 24 * 60 * 60_000

/** What a one-time link is for. */
export interface LinkPurpose {
  purpose: InvitationPurpose
  /** Null: whoever accepts it chooses. */
  name: string | null
  roles: readonly Role[]
  invitedBy: string
}

/** A one-time link that was made. */
export interface OneTimeLink extends LinkPurpose {
  invitationId: number
  /** It is in no other place. */
  token: string
  expiresAt: Date
}

/** Where the console takes a one-time link. A browser sends what follows the # to nobody. */
export const toLink = (publicUrl: string, token: string): string => `${publicUrl}/console/invitation#${token}`

/**
 * Make a one-time link. Those that have expired make room, and an older one of the same name.
 *
 * @param nameKey the name as it is compared
 * @param now the machine's time
 */
export async function makeLink(
  trx: Transaction<Schema>,
  link: LinkPurpose & { nameKey: string | null },
  now: number,
): Promise<OneTimeLink> {
  const { purpose, name, nameKey, roles, invitedBy } = link
  const token = drawSecret(32).toString('base64url')
  const expiresAt = now + LINK_MS
  await trx.deleteFrom('staff_invitation').where('expires_at', '<=', now).execute()
  if (nameKey !== null) await trx.deleteFrom('staff_invitation').where('name_key', '=', nameKey).execute()
  const row = await trx
    .insertInto('staff_invitation')
    .values({
      token_hash: hashSecret(token),
      purpose,
      name,
      name_key: nameKey,
      roles: JSON.stringify(roles),
      invited_by: invitedBy,
      created_at: now,
      expires_at: expiresAt,
    })
    .returning('invitation_id')
    .executeTakeFirstOrThrow()
  return { purpose, name, roles, invitedBy, invitationId: row.invitation_id, token, expiresAt: new Date(expiresAt) }
}

/** Of a row of the staff: its roles are a JSON array. */
export const isOperator = sql<boolean>`roles like '%"operator"%'`

const FIRST = { purpose: 'first_operator', name: null, nameKey: null, roles: ROLES, invitedBy: 'server' } as const

/** Whether anybody can let others in. */
export async function hasOperator(db: Kysely<Schema>): Promise<boolean> {
  const row = await db.selectFrom('staff').select('staff_id').where(isOperator).limit(1).executeTakeFirst()
  return row !== undefined
}

/**
 * While nobody can let others in: make the link that makes the first operator, with all roles, in place of the one before.
 * Each start asks, so that this file imports nothing else of the staff.
 *
 * @returns its token; nothing when there is an operator
 */
export async function inviteFirstOperator(db: Kysely<Schema>, clock: Clock): Promise<string | undefined> {
  if (await hasOperator(db)) return undefined
  const { changeInstallation } = await import('../journal/change-installation.ts')
  return await changeInstallation(db, async ({ trx, append }) => {
    if (await hasOperator(trx)) return undefined
    await trx.deleteFrom('staff_invitation').where('purpose', '=', FIRST.purpose).execute()
    append({
      at: clock.installation(),
      actor: FIRST.invitedBy,
      action: 'staff.invite_first',
      detail: { roles: FIRST.roles },
    })
    return (await makeLink(trx, FIRST, clock.machine())).token
  })
}
