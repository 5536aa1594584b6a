import { Problem } from '../problem.ts'
import { changeSessions } from '../staff/sessions/change-sessions.ts'
import { endSessions } from '../staff/sessions/session.store.ts'
import type { SignedIn } from '../staff/sessions/session.ts'
import { getStaff, savePassword } from '../staff/staff.store.ts'
import { weaknessOf } from '../staff/staff.ts'
import { hashPassword, isPassword } from './password-hash.ts'
import type { SignInParts } from './sign-in-parts.ts'
import { slowGuessing } from './slow-guessing.ts'

/** @throws Problem `password.too_weak` */
export function assertStrong(password: string, name: string): void {
  const weakness = weaknessOf(password, name)
  if (weakness) throw new Problem('password.too_weak', weakness)
}

/**
 * Give oneself another password, or the first one. All other sessions end.
 *
 * @param current the password until now, where there is one
 * @throws Problem `staff.by_provider`, `password.wrong`, `password.too_weak`, `sign_in.tries_exceeded`, `sign_in.busy`
 */
export async function changePassword(
  parts: SignInParts,
  { staff: { staffId, name }, session }: SignedIn,
  { current, password, site }: { current: string; password: string; site: string },
): Promise<void> {
  const { db, clock, turns } = parts
  const { passwordHash: before, oidcSubject } = await getStaff(db, staffId)
  if (oidcSubject !== null) throw new Problem('staff.by_provider')
  if (before !== null) {
    const tries = [{ sort: 'code', of: `password ${staffId}` }] as const
    const isRight = () => turns.run(site, () => isPassword(current, before))
    const found = await slowGuessing(parts, tries, async () => (await isRight()) || undefined)
    if (!found) throw new Problem('password.wrong')
  }
  assertStrong(password, name)
  const passwordHash = await turns.run(site, () => hashPassword(password))
  await changeSessions(parts, async ({ trx, append }) => {
    // Somebody else changed it meanwhile, by a reset for example.
    if (!(await savePassword(trx, staffId, { passwordHash, before }))) throw new Problem('password.wrong')
    const ended = await endSessions(trx, { staffId, at: clock.machine(), except: session.sessionId })
    append({
      at: clock.installation(),
      actor: `staff:${name}`,
      action: 'password.set',
      detail: { sessions_ended: ended },
    })
  })
}
