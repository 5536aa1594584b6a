import type { SignInWay } from '@shenpi/sdk/contract/states'
import { hashSecret } from '../../accounts/secret.ts'
import { drawSecret } from '../../entropy/draw-secret.ts'
import type { InstallationChange } from '../../journal/change-installation.ts'
import { Problem } from '../../problem.ts'
import type { Clock } from '../../time/clock.ts'
import { countFailedSignIns } from '../failed-sign-in.store.ts'
import { findStaff, saveLastSignIn } from '../staff.store.ts'
import type { Staff } from '../staff.ts'
import { endSessionOf, endSurplusSessions, insertSession } from './session.store.ts'
import { lifetimeOf, type SessionLimits, type Visitor } from './session.ts'

interface OpenParts {
  clock: Clock
  limits: SessionLimits
}

/**
 * Begin a session of somebody who has proven who they are; the one that the browser had ends.
 *
 * @param staff as they were when they proved it: who was deactivated or reset meanwhile is refused
 * @returns its token, which is kept nowhere else
 * @throws Problem `sign_in.refused`
 */
export async function openSession(
  { clock, limits }: OpenParts,
  installation: InstallationChange,
  { staff, way, visitor }: { staff: Staff; way: SignInWay; visitor: Visitor },
): Promise<string> {
  const { trx } = installation
  const { staffId, name } = staff
  const current = await findStaff(trx, staffId)
  const isChanged = current?.passwordHash !== staff.passwordHash || current.totpSealed !== staff.totpSealed
  if (isChanged || current.state !== 'active') throw new Problem('sign_in.refused')

  const token = drawSecret(32).toString('base64url')
  const now = clock.machine()
  const failedBefore = await countFailedSignIns(trx, staffId, current.lastSignInAt)
  const endsAt = now + lifetimeOf(limits, way)
  if (visitor.token) await endSessionOf(trx, hashSecret(visitor.token), now)
  await insertSession(trx, { tokenHash: hashSecret(token), staffId, way, visitor, now, endsAt, failedBefore })
  await endSurplusSessions(trx, staffId, now)
  await saveLastSignIn(trx, staffId, new Date(now))
  const detail = { way, address: visitor.address }
  installation.append({ at: clock.installation(), actor: `staff:${name}`, action: 'session.begin', detail })
  return token
}
