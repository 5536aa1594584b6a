import type { InstallationChange } from '../journal/change-installation.ts'
import { Problem } from '../problem.ts'
import { changeSessions } from '../staff/sessions/change-sessions.ts'
import { openSession } from '../staff/sessions/open-session.ts'
import type { Visitor } from '../staff/sessions/session.ts'
import { findStaff, takeTotpStep } from '../staff/staff.store.ts'
import type { Staff } from '../staff/staff.ts'
import { openChallenge } from './challenge.ts'
import { takeRecoveryCode } from './credential.store.ts'
import { noteFailed } from './note-failed.ts'
import { hashRecoveryCode } from './recovery-codes.ts'
import type { SignInParts } from './sign-in-parts.ts'
import { markOf } from './sign-in-with-password.ts'
import { slowGuessing } from './slow-guessing.ts'
import { findTotpStep } from './totp.ts'
import { openTotpSecret } from './totp-enrolment.ts'

type Code = { way: 'totp' | 'recovery_code'; code: string }

/**
 * Go on after the password with a code, which is used up.
 *
 * @returns the token of a session
 * @throws Problem `sign_in.challenge_ended`, `sign_in.code_wrong`, `sign_in.tries_exceeded`, `sign_in.refused`
 */
export async function signInWithCode(
  parts: SignInParts,
  challenge: string,
  { way, code }: Code,
  visitor: Visitor,
): Promise<string> {
  const { db } = parts
  const [staffId, mark] = openChallenge(parts, 'second-factor', challenge)
  const staff = await findStaff(db, Number(staffId))
  if (!staff || markOf(staff) !== mark) throw new Problem('sign_in.challenge_ended')
  const tries = [{ sort: 'code', of: String(staff.staffId) }] as const
  const token = await slowGuessing(parts, tries, () =>
    changeSessions(parts, async (installation) => {
      const isTaken = await takeCode(parts, installation, staff, { way, code })
      return isTaken ? await openSession(parts, installation, { staff, way, visitor }) : undefined
    }),
  )
  if (token === undefined) {
    noteFailed(parts, staff, way, visitor)
    throw new Problem('sign_in.code_wrong')
  }
  return token
}

/** @returns whether it was good, and nobody had used it */
async function takeCode(
  parts: SignInParts,
  { trx, append }: InstallationChange,
  staff: Staff,
  { way, code }: Code,
): Promise<boolean> {
  const { staffId, name } = staff
  if (way === 'recovery_code') {
    const isTaken = await takeRecoveryCode(trx, staffId, hashRecoveryCode(code))
    if (isTaken)
      append({ at: parts.clock.installation(), actor: `staff:${name}`, action: 'recovery_code.use', detail: {} })
    return isTaken
  }
  const secret = openTotpSecret(parts, staff)
  const step = secret && findTotpStep(secret, code, parts.clock.installation(), staff.totpStep)
  return step !== undefined && (await takeTotpStep(trx, staffId, step))
}
