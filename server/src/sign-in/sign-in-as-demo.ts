import type { Role } from '@shenpi/sdk/contract/states'
import { changeSessions } from '../staff/sessions/change-sessions.ts'
import { openSession } from '../staff/sessions/open-session.ts'
import type { Visitor } from '../staff/sessions/session.ts'
import { findStaffByName, insertStaff } from '../staff/staff.store.ts'
import type { SignInParts } from './sign-in-parts.ts'

const NAME = 'demo'
const ROLES: readonly Role[] = ['reviewer', 'lead']

/** Sign in as the sandbox's demo reviewer, who is made by the first click. @returns the token of a session */
export async function signInAsDemo(parts: SignInParts, visitor: Visitor): Promise<string> {
  return await changeSessions(parts, async (installation) => {
    const createdAt = new Date(parts.clock.machine())
    const staff =
      (await findStaffByName(installation.trx, NAME)) ??
      (await insertStaff(installation.trx, {
        name: NAME,
        roles: ROLES,
        createdAt,
        passwordHash: null,
        language: null,
        oidcSubject: null,
      }))
    return await openSession(parts, installation, { staff, way: 'demo', visitor })
  })
}
