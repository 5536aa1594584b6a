import type { Role } from '@shenpi/sdk/contract/states'
import { type Actor, actorName } from '../actors/actor.ts'
import { changeInstallation } from '../journal/change-installation.ts'
import { Problem } from '../problem.ts'
import { countInvitations, takeInvitation } from './invitation.store.ts'
import { makeLink, type OneTimeLink } from './one-time-link.store.ts'
import { findStaffByName } from './staff.store.ts'
import { toNameKey } from './staff.ts'
import type { StaffParts } from './staff-parts.ts'

/** Invitations that may be open at once. */
export const INVITATIONS_MAX = 200

/** Invite somebody. @throws Problem `staff.name_taken`, `invitation.too_many` */
export function inviteStaff(
  { db, clock }: Pick<StaffParts, 'db' | 'clock'>,
  { name, roles, actor }: { name: string; roles: readonly Role[]; actor: Actor },
): Promise<OneTimeLink> {
  return changeInstallation(db, async (installation) => {
    const now = clock.machine()
    if (await findStaffByName(installation.trx, name)) throw new Problem('staff.name_taken')
    const open = await countInvitations(installation.trx, new Date(now))
    if (open >= INVITATIONS_MAX) throw new Problem('invitation.too_many')
    const invitedBy = actorName(actor)
    installation.append({ at: clock.installation(), actor: invitedBy, action: 'staff.invite', detail: { name, roles } })
    return await makeLink(
      installation.trx,
      { purpose: 'invitation', name, nameKey: toNameKey(name), roles, invitedBy },
      now,
    )
  })
}

/** Its link leads nowhere any more. @throws Problem `invitation.unknown` */
export async function withdrawInvitation(
  { db, clock }: Pick<StaffParts, 'db' | 'clock'>,
  invitationId: number,
  actor: Actor,
): Promise<void> {
  await changeInstallation(db, async ({ trx, append }) => {
    const taken = await takeInvitation(trx, invitationId)
    if (!taken) throw new Problem('invitation.unknown')
    const detail = { name: taken.name }
    append({ at: clock.installation(), actor: actorName(actor), action: 'invitation.withdraw', detail })
  })
}
