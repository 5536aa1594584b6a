import { hashSecret } from '../accounts/secret.ts'
import { Problem } from '../problem.ts'
import { changeSessions } from '../staff/sessions/change-sessions.ts'
import { openSession } from '../staff/sessions/open-session.ts'
import { isKnownNetwork } from '../staff/sessions/session.store.ts'
import type { Visitor } from '../staff/sessions/session.ts'
import { findStaffByName, savePassword } from '../staff/staff.store.ts'
import { type Staff, toNameKey } from '../staff/staff.ts'
import { sealChallenge } from './challenge.ts'
import { noteFailed } from './note-failed.ts'
import { hashPassword, isOutdated, isPassword, unmatchableHash } from './password-hash.ts'
import type { SignInParts } from './sign-in-parts.ts'
import { slowGuessing, type Tried } from './slow-guessing.ts'

/** What a sign-in leads to: the token of a session, or the challenge for a code. */
export type SignInResult = { token: string } | { challenge: string }

/** Nothing that somebody did changed what a second step stands on. */
export const markOf = ({ passwordHash, totpSealed }: Staff): string => hashSecret(`${passwordHash} ${totpSealed}`)

/**
 * Sign in by name and password. A wrong name costs as much as a wrong password, so that neither answer nor time tells which.
 *
 * @throws Problem `sign_in.refused`, `sign_in.tries_exceeded`, `sign_in.busy`
 */
export async function signInWithPassword(
  parts: SignInParts,
  { name, password }: { name: string; password: string },
  visitor: Visitor,
): Promise<SignInResult> {
  const { db, turns } = parts
  const { network, site } = visitor
  const staff = await findStaffByName(db, name)
  // Guesses slow the place that they come from: nobody is kept out by those of strangers elsewhere. Who comes from where they
  // came from before is not kept out by a neighbour there either.
  const isKnown = await isKnownNetwork(db, staff?.staffId ?? 0, network)
  const key = toNameKey(name)
  const place: Tried[] = isKnown
    ? [{ sort: 'place', of: `${key} ${network}` }]
    : [
        { sort: 'place', of: `${key} ${site}` },
        { sort: 'address', of: site },
      ]
  const tries: Tried[] = [...place, { sort: 'account', of: key }]
  const found = await slowGuessing(parts, tries, async () => {
    const stored = staff?.passwordHash ?? unmatchableHash()
    const isRight = await turns.run(site, () => isPassword(password, stored))
    return isRight && staff?.state === 'active' ? staff : undefined
  })
  if (!found) {
    if (staff) noteFailed(parts, staff, 'password', visitor)
    throw new Problem('sign_in.refused')
  }
  if (found.totpSealed) {
    return { challenge: sealChallenge(parts, 'second-factor', [String(found.staffId), markOf(found)]) }
  }
  return { token: await signIn(parts, await withFreshHash(parts, found, password, site), visitor) }
}

function signIn(parts: SignInParts, staff: Staff, visitor: Visitor): Promise<string> {
  return changeSessions(parts, (installation) => openSession(parts, installation, { staff, way: 'password', visitor }))
}

/** Passwords that were hashed at lower costs are hashed anew while they are at hand. */
async function withFreshHash({ db, turns }: SignInParts, staff: Staff, password: string, site: string): Promise<Staff> {
  if (!staff.passwordHash || !isOutdated(staff.passwordHash)) return staff
  const passwordHash = await turns.run(site, () => hashPassword(password))
  const isSaved = await savePassword(db, staff.staffId, { passwordHash, before: staff.passwordHash })
  return isSaved ? { ...staff, passwordHash } : staff
}
