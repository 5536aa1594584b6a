import { randomBytes } from 'node:crypto'
import { ROLES } from '@shenpi/sdk/contract/states'
import type { Kysely } from 'kysely'
import { hashSecret } from '../accounts/secret.ts'
import type { Schema } from '../db/schema.ts'
import { transaction } from '../db/transaction.ts'
import type { InstallationChange } from '../journal/change-installation.ts'
import type { Clock } from '../time/clock.ts'
import { type Invitation, insertInvitation } from './invitation.store.ts'

/** How long a one-time link is good. Unit: milliseconds. */
const LINK_MS = 24 * 60 * 60_000

/** A link that was made: the token is in no other place. */
export interface OneTimeLink extends Invitation {
  token: string
}

/** Where the console takes a one-time link. A browser sends what follows the # to nobody. */
export const toLink = (publicUrl: string, token: string): string => `${publicUrl}/console/invitation#${token}`

/** Make a one-time link; an older one of the same name is good no more. @param now the machine's time */
export async function makeLink(
  { trx }: Pick<InstallationChange, 'trx'>,
  invitation: Pick<Invitation, 'purpose' | 'name' | 'roles' | 'invitedBy'>,
  now: number,
): Promise<OneTimeLink> {
  const token = randomBytes(32).toString('base64url')
  const made = { ...invitation, createdAt: new Date(now), expiresAt: new Date(now + LINK_MS) }
  return { ...made, token, invitationId: await insertInvitation(trx, hashSecret(token), made) }
}

/** Make the link that makes the first operator, with all roles: for as long as nobody can let others in. @returns its token */
export async function inviteFirstOperator(db: Kysely<Schema>, clock: Clock): Promise<string> {
  const first = { purpose: 'first_operator', name: null, roles: ROLES, invitedBy: 'server' } as const
  const { token } = await transaction(db, (trx) => makeLink({ trx }, first, clock.machine()))
  return token
}
