import type { Language } from '@shenpi/sdk/contract/states'
import { hashSecret } from '../accounts/secret.ts'
import type { InstallationChange } from '../journal/change-installation.ts'
import { Problem } from '../problem.ts'
import { findInvitation, type Invitation, takeInvitation } from '../staff/invitation.store.ts'
import { hasOperator } from '../staff/one-time-link.store.ts'
import { changeSessions } from '../staff/sessions/change-sessions.ts'
import { openSession } from '../staff/sessions/open-session.ts'
import type { Visitor } from '../staff/sessions/session.ts'
import { findStaffByName, insertStaff, savePassword } from '../staff/staff.store.ts'
import type { Staff } from '../staff/staff.ts'
import { assertStrong } from './change-password.ts'
import { hashPassword } from './password-hash.ts'
import type { SignInParts } from './sign-in-parts.ts'
import { slowGuessing } from './slow-guessing.ts'

/** What somebody chooses who follows a one-time link. */
interface Choice {
  name: string | undefined
  password: string
  language: Language | undefined
}

/** What a one-time link is for; nothing where it is no good. @throws Problem `sign_in.tries_exceeded` */
export async function followInvitation(
  parts: SignInParts,
  token: string,
  visitor: Visitor,
): Promise<Invitation | undefined> {
  const { db, clock } = parts
  const tries = [{ sort: 'address', of: visitor.site }] as const
  const now = new Date(clock.machine())
  return await slowGuessing(parts, tries, () => findInvitation(db, hashSecret(token), now))
}

/**
 * Use a one-time link up: become a member of the staff, or choose a new password, and sign in.
 *
 * @returns the token of a session
 * @throws Problem `invitation.invalid`, `staff.name_required`, `staff.name_taken`, `password.too_weak`, `sign_in.busy`
 */
export async function acceptInvitation(
  parts: SignInParts,
  token: string,
  choice: Choice,
  visitor: Visitor,
): Promise<string> {
  const invitation = await followInvitation(parts, token, visitor)
  if (!invitation) throw new Problem('invitation.invalid')
  const name = invitation.name ?? choice.name
  if (name === undefined) throw new Problem('staff.name_required')
  assertStrong(choice.password, name)
  const passwordHash = await parts.turns.run(visitor.site, () => hashPassword(choice.password))
  return await changeSessions(parts, async (installation) => {
    // Of two who follow the same link, one finds it.
    const taken = await takeInvitation(installation.trx, invitation.invitationId)
    if (!taken) throw new Problem('invitation.invalid')
    const become = taken.purpose === 'reset' ? resetPassword : join
    const staff = await become(parts, installation, taken, { ...choice, name, passwordHash })
    return await openSession(parts, installation, { staff, way: 'invitation', visitor })
  })
}

interface Chosen extends Choice {
  name: string
  passwordHash: string
}

async function join(
  { clock }: SignInParts,
  { trx, append }: InstallationChange,
  { purpose, roles, invitedBy }: Invitation,
  { name, passwordHash, language = null }: Omit<Chosen, 'language'> & { language?: Language | null | undefined },
): Promise<Staff> {
  // The links that several servers printed make one first operator together.
  if (purpose === 'first_operator' && (await hasOperator(trx))) throw new Problem('invitation.invalid')
  if (await findStaffByName(trx, name)) throw new Problem('staff.name_taken')
  const createdAt = new Date(clock.machine())
  const staff = await insertStaff(trx, { name, roles, createdAt, passwordHash, language, oidcSubject: null })
  const detail = { name, roles, invited_by: invitedBy }
  append({ at: clock.installation(), actor: `staff:${name}`, action: 'staff.join', detail })
  return staff
}

async function resetPassword(
  { clock }: SignInParts,
  { trx, append }: InstallationChange,
  _invitation: Invitation,
  { name, passwordHash }: Chosen,
): Promise<Staff> {
  const staff = await findStaffByName(trx, name)
  if (staff?.state !== 'active') throw new Problem('invitation.invalid')
  await savePassword(trx, staff.staffId, { passwordHash, before: staff.passwordHash })
  append({ at: clock.installation(), actor: `staff:${name}`, action: 'password.set', detail: {} })
  return { ...staff, passwordHash }
}
