import type { ApiUsedCredential } from '@shenpi/sdk/contract/api'
import { hashSecret } from '../accounts/secret.ts'
import { Problem } from '../problem.ts'
import { changeSessions } from '../staff/sessions/change-sessions.ts'
import { openSession } from '../staff/sessions/open-session.ts'
import type { Visitor } from '../staff/sessions/session.ts'
import { findStaff } from '../staff/staff.store.ts'
import { CHALLENGE_MS, openChallenge, sealChallenge } from './challenge.ts'
import { findPasskey, type Passkey, savePasskeyUse, spendChallenge } from './credential.store.ts'
import { loadWebAuthn, type Origin } from './passkeys.ts'
import type { SignInParts } from './sign-in-parts.ts'

/** What a browser is to sign with a passkey of whoever sits there: it knows by itself whose it has. */
export async function beginPasskeySignIn(parts: SignInParts, { hostname }: Origin) {
  const { generateAuthenticationOptions } = await loadWebAuthn()
  const options = await generateAuthenticationOptions({ rpID: hostname, userVerification: 'required' })
  return { challenge: sealChallenge(parts, 'passkey', [options.challenge]), options }
}

/**
 * Sign in by a passkey.
 *
 * @returns the token of a session
 * @throws Problem `sign_in.passkey_refused`, `sign_in.challenge_ended`
 */
export async function signInWithPasskey(
  parts: SignInParts,
  { challenge, credential }: { challenge: string; credential: ApiUsedCredential },
  origin: Origin,
  visitor: Visitor,
): Promise<string> {
  const { db } = parts
  const [expected = ''] = openChallenge(parts, 'passkey', challenge)
  // Nobody guesses a signature: a limit here would only keep somebody out who has the right one.
  const passkey = await findPasskey(db, credential.id)
  const counter = passkey && (await verify(passkey, credential, expected, origin))
  const staff = counter === undefined ? undefined : await findStaff(db, passkey?.staffId ?? 0)
  if (!passkey || counter === undefined || staff?.state !== 'active') throw new Problem('sign_in.passkey_refused')
  return await changeSessions(parts, async (installation) => {
    const { trx } = installation
    const now = parts.clock.machine()
    const isFirst = await spendChallenge(trx, hashSecret(expected), { now, expiresAt: now + CHALLENGE_MS })
    if (!isFirst) throw new Problem('sign_in.challenge_ended')
    // Removed meanwhile, by a reset for example.
    const isThere = await savePasskeyUse(trx, passkey.passkeyId, { counter, at: new Date(now) })
    if (!isThere) throw new Problem('sign_in.passkey_refused')
    return await openSession(parts, installation, { staff, way: 'passkey', visitor })
  })
}

/** @returns how often the authenticator says that it was used; nothing when its answer is not right */
async function verify(
  { credentialId, publicKey, counter }: Passkey,
  response: ApiUsedCredential,
  expectedChallenge: string,
  { origin, hostname }: Origin,
): Promise<number | undefined> {
  const { verifyAuthenticationResponse } = await loadWebAuthn()
  const credential = { id: credentialId, publicKey: new Uint8Array(Buffer.from(publicKey, 'base64url')), counter }
  const expected = { expectedChallenge, expectedOrigin: origin, expectedRPID: hostname, credential }
  // The library throws for what does not fit.
  const verified = await verifyAuthenticationResponse({ response, ...expected }).catch(() => undefined)
  return verified?.verified ? verified.authenticationInfo.newCounter : undefined
}
