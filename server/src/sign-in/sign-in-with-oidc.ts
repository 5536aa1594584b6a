import { isStaffName } from '@shenpi/sdk/contract/api'
import { ROLES, type Role } from '@shenpi/sdk/contract/states'
import type { InstallationChange } from '../journal/change-installation.ts'
import { Problem } from '../problem.ts'
import { changeSessions } from '../staff/sessions/change-sessions.ts'
import { openSession } from '../staff/sessions/open-session.ts'
import { endSessions } from '../staff/sessions/session.store.ts'
import type { Visitor } from '../staff/sessions/session.ts'
import { findStaffByName, findStaffBySubject, hasOtherOperator, insertStaff, saveRoles } from '../staff/staff.store.ts'
import type { Staff } from '../staff/staff.ts'
import type { Identity } from './oidc-client.ts'
import type { OidcConfig } from './oidc-config.ts'
import type { SignInParts } from './sign-in-parts.ts'

/**
 * Sign in whom the provider knows: a new member of the staff at the first time, with the roles of their groups each time.
 *
 * @returns the token of a session
 * @throws Problem `sign_in.provider_refused`, `staff.name_taken`, `sign_in.refused`
 */
export async function signInWithOidc(
  parts: SignInParts,
  identity: Identity,
  { roles: byGroup }: Pick<OidcConfig, 'roles'>,
  visitor: Visitor,
): Promise<string> {
  const roles = ROLES.filter((role) => identity.groups.some((group) => byGroup.get(group)?.includes(role)))
  if (roles.length === 0) {
    await endSessionsOf(parts, identity)
    throw new Problem('sign_in.provider_refused', 'None of your groups may do anything here.')
  }
  return await changeSessions(parts, async (installation) => {
    const known = await findStaffBySubject(installation.trx, identity.subject)
    const staff = known
      ? await withRoles(parts, installation, known, roles)
      : await join(parts, installation, identity, roles)
    return await openSession(parts, installation, { staff, way: 'oidc', visitor })
  })
}

/** Who may do nothing here any more has no session left either. */
async function endSessionsOf(parts: SignInParts, { subject }: Identity): Promise<void> {
  await changeSessions(parts, async ({ trx, append }) => {
    const staff = await findStaffBySubject(trx, subject)
    const ended = staff ? await endSessions(trx, { staffId: staff.staffId, at: parts.clock.machine() }) : 0
    if (!staff || ended === 0) return
    const detail = { name: staff.name, sessions_ended: ended }
    append({ at: parts.clock.installation(), actor: 'oidc', action: 'staff.shut_out', detail })
  })
}

async function join(
  { clock }: SignInParts,
  { trx, append }: InstallationChange,
  { subject, name }: Identity,
  roles: readonly Role[],
): Promise<Staff> {
  if (!isStaffName(name))
    throw new Problem('sign_in.provider_refused', 'The name is longer than 40 characters, or odd.')
  // Who has the name already is not taken over by whoever the provider calls so.
  if (await findStaffByName(trx, name)) throw new Problem('staff.name_taken')
  const createdAt = new Date(clock.machine())
  const credentials = { passwordHash: null, language: null, oidcSubject: subject }
  const staff = await insertStaff(trx, { name, roles, createdAt, ...credentials })
  append({
    at: clock.installation(),
    actor: `staff:${name}`,
    action: 'staff.join',
    detail: { name, roles, invited_by: 'oidc' },
  })
  return staff
}

async function withRoles(
  { clock }: SignInParts,
  { trx, append }: InstallationChange,
  staff: Staff,
  told: readonly Role[],
): Promise<Staff> {
  // The last operator stays one, whatever the groups say: somebody must be left who can let others in.
  const isLast = staff.roles.includes('operator') && !(await hasOtherOperator(trx, staff.staffId))
  const roles = ROLES.filter((role) => told.includes(role) || (role === 'operator' && isLast))
  if (roles.join() === staff.roles.join()) return staff
  await saveRoles(trx, staff.staffId, roles)
  await endSessions(trx, { staffId: staff.staffId, at: clock.machine() })
  const detail = { name: staff.name, roles, before: staff.roles }
  append({ at: clock.installation(), actor: 'oidc', action: 'staff.change_roles', detail })
  return { ...staff, roles }
}
