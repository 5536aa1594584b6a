import type { Role } from '@shenpi/sdk/contract/states'
import { type Actor, actorName } from '../actors/actor.ts'
import type { InstallationChange } from '../journal/change-installation.ts'
import { saveRevocationOf } from '../keys/api-key.store.ts'
import type { KeyCheck } from '../keys/key-check.ts'
import { Problem } from '../problem.ts'
import { dropInvitations } from './invitation.store.ts'
import { makeLink, type OneTimeLink } from './one-time-link.store.ts'
import { changeSessions } from './sessions/change-sessions.ts'
import { endSessions } from './sessions/session.store.ts'
import { dropCredentials, getStaffByName, hasOtherOperator, saveRoles, saveStaffState } from './staff.store.ts'
import { type Staff, toNameKey } from './staff.ts'
import type { StaffParts } from './staff-parts.ts'

/** Change the roles of a member of the staff. @throws Problem `staff.unknown`, `staff.last_operator`, `staff.roles_by_provider` */
export function changeRoles(parts: StaffParts, name: string, roles: readonly Role[], actor: Actor): Promise<void> {
  return changeStaff(parts, name, async (installation, staff) => {
    if (staff.oidcSubject !== null) throw new Problem('staff.roles_by_provider')
    if (!roles.includes('operator')) await refuseLastOperator(installation, staff)
    await saveRoles(installation.trx, staff.staffId, roles)
    const detail = { name: staff.name, roles, before: staff.roles }
    installation.append({
      at: parts.clock.installation(),
      actor: actorName(actor),
      action: 'staff.change_roles',
      detail,
    })
  })
}

/**
 * Let somebody sign in no more.
 *
 * @param revokesKeys whether the keys that they made end too: whoever leaves may have them still
 * @throws Problem `staff.unknown`, `staff.last_operator`
 */
export async function deactivateStaff(
  parts: StaffParts & { keys: KeyCheck },
  name: string,
  { actor, revokesKeys }: { actor: Actor; revokesKeys: boolean },
): Promise<void> {
  await changeStaff(parts, name, async (installation, staff) => {
    const { trx, append } = installation
    const told = { at: parts.clock.installation(), actor: actorName(actor) }
    if (staff.state === 'active') {
      await refuseLastOperator(installation, staff)
      await dropInvitations(trx, staff.name)
      await saveStaffState(trx, staff.staffId, 'deactivated')
      append({ ...told, action: 'staff.deactivate', detail: { name: staff.name } })
    }
    const revoked = revokesKeys ? await saveRevocationOf(trx, actorName({ type: 'staff', ...staff }), told.at) : []
    for (const key of revoked) append({ ...told, action: 'key.revoke', detail: { key } })
  })
  parts.keys.empty()
}

/** Let somebody sign in again. @throws Problem `staff.unknown` */
export function reactivateStaff(parts: StaffParts, name: string, actor: Actor): Promise<void> {
  return changeStaff(parts, name, async ({ trx, append }, staff) => {
    if (staff.state === 'active') return
    await saveStaffState(trx, staff.staffId, 'active')
    const detail = { name: staff.name }
    append({ at: parts.clock.installation(), actor: actorName(actor), action: 'staff.reactivate', detail })
  })
}

/**
 * Take everything away that somebody signs in with, and make a link to choose a new password.
 *
 * @throws Problem `staff.unknown`, `staff.deactivated`, `staff.by_provider`
 */
export function resetStaff(parts: StaffParts, name: string, actor: Actor): Promise<OneTimeLink> {
  return changeStaff(parts, name, async (installation, staff) => {
    if (staff.state !== 'active') throw new Problem('staff.deactivated')
    if (staff.oidcSubject !== null) throw new Problem('staff.by_provider')
    await dropCredentials(installation.trx, staff.staffId)
    const invitedBy = actorName(actor)
    const detail = { name: staff.name }
    installation.append({ at: parts.clock.installation(), actor: invitedBy, action: 'staff.reset', detail })
    const { name: exact, roles } = staff
    const link = { purpose: 'reset', name: exact, nameKey: toNameKey(exact), roles, invitedBy } as const
    return await makeLink(installation.trx, link, parts.clock.machine())
  })
}

/** Let somebody sign in again wherever they are. @throws Problem `staff.unknown` */
export function endSessionsOf(parts: StaffParts, name: string, actor: Actor): Promise<void> {
  return changeStaff(parts, name, async (installation, staff) => {
    const detail = { name: staff.name }
    installation.append({
      at: parts.clock.installation(),
      actor: actorName(actor),
      action: 'staff.end_sessions',
      detail,
    })
  })
}

/** Change a member of the staff; their sessions end. */
function changeStaff<T>(
  parts: StaffParts,
  name: string,
  work: (installation: InstallationChange, staff: Staff) => Promise<T>,
): Promise<T> {
  return changeSessions(parts, async (installation) => {
    const staff = await getStaffByName(installation.trx, name)
    const answer = await work(installation, staff)
    await endSessions(installation.trx, { staffId: staff.staffId, at: parts.clock.machine() })
    return answer
  })
}

/** Somebody must be left who can let others in. @throws Problem `staff.last_operator` */
async function refuseLastOperator({ trx }: InstallationChange, { staffId, roles, state }: Staff): Promise<void> {
  if (!roles.includes('operator') || state !== 'active') return
  if (!(await hasOtherOperator(trx, staffId))) throw new Problem('staff.last_operator')
}
