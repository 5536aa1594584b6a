import { may } from '@shenpi/sdk/contract/permissions'
import { findKeyByName } from '../keys/api-key.store.ts'
import { isUsable } from '../keys/api-key.ts'
import { findStaff } from '../staff/staff.store.ts'
import type { Review } from './review.ts'

/**
 * Whether somebody who decided may decide no more: a member of the staff who was deactivated or lost the role, a key that
 * was revoked or has ended (its roles stay). Rows of either are never deleted; whoever has none was never admitted by it.
 */
export async function isBarred({ db, clock }: Review, actorKey: string): Promise<boolean> {
  const [, type, id = ''] = /^(staff|key):(.+)$/s.exec(actorKey) ?? []
  if (type === 'staff') {
    const staff = await findStaff(db, Number(id))
    return staff !== undefined && !(staff.state === 'active' && may(staff.roles, 'application.decide'))
  }
  const key = type === 'key' ? await findKeyByName(db, id) : undefined
  return key !== undefined && !isUsable(key, clock.installation())
}
