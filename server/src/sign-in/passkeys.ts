import type { ApiNewCredential } from '@shenpi/sdk/contract/api'
import { changeInstallation } from '../journal/change-installation.ts'
import { Problem } from '../problem.ts'
import type { SignedIn } from '../staff/sessions/session.ts'
import { getStaff } from '../staff/staff.store.ts'
import { messageOf } from '../thrown.ts'
import { openChallenge, sealChallenge } from './challenge.ts'
import { deletePasskey, insertPasskey, listPasskeys, PASSKEYS_MAX, type Passkey } from './credential.store.ts'
import type { SignInParts } from './sign-in-parts.ts'

type Owner = SignedIn['staff']

/** The address by which a browser knows the server: a passkey is good for its host alone. */
export type Origin = Pick<URL, 'origin' | 'hostname'>

/** EdDSA, ES256, RS256: what authenticators have. Source: WebAuthn, 5.4, `pubKeyCredParams`. */
const ALGORITHMS = [-8, -7, -257]

/** The library and its ASN.1 are loaded by the first passkey. */
export const loadWebAuthn = () => import('@simplewebauthn/server')

/** What a browser is to make: without it nobody adds one. @throws Problem `staff.by_provider`, `passkey.too_many` */
export async function beginPasskey(parts: SignInParts, { staffId, name }: Owner, { hostname }: Origin) {
  const { oidcSubject } = await getStaff(parts.db, staffId)
  if (oidcSubject !== null) throw new Problem('staff.by_provider')
  const passkeys = await listPasskeys(parts.db, staffId)
  if (passkeys.length >= PASSKEYS_MAX) throw new Problem('passkey.too_many')
  const { generateRegistrationOptions } = await loadWebAuthn()
  const options = await generateRegistrationOptions({
    rpName: 'Shenpi',
    rpID: hostname,
    supportedAlgorithmIDs: ALGORITHMS,
    userName: name,
    userDisplayName: name,
    userID: new TextEncoder().encode(String(staffId)),
    excludeCredentials: passkeys.map(({ credentialId, transports }) => ({
      id: credentialId,
      transports: [...transports],
    })),
    // Found without a name, and with a finger, face or PIN: it is both factors in one.
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  })
  return { challenge: sealChallenge(parts, 'new-passkey', [String(staffId), options.challenge]), options }
}

/**
 * Add a passkey that a browser made.
 *
 * @throws Problem `sign_in.challenge_ended`, `passkey.refused`, `passkey.too_many`
 */
export async function addPasskey(
  parts: SignInParts,
  { staffId, name }: Owner,
  { challenge, credential, label }: { challenge: string; credential: ApiNewCredential; label: string },
  origin: Origin,
): Promise<Passkey> {
  const [of, expected = ''] = openChallenge(parts, 'new-passkey', challenge)
  if (Number(of) !== staffId) throw new Problem('sign_in.challenge_ended')
  const made = await verifyNew(credential, expected, origin)
  const { db, clock } = parts
  const passkey = {
    credentialId: made.id,
    staffId,
    publicKey: Buffer.from(made.publicKey).toString('base64url'),
    counter: made.counter,
    transports: credential.response.transports ?? [],
    label,
    createdAt: new Date(clock.machine()),
  }
  const passkeyId = await changeInstallation(db, async ({ trx, append }) => {
    if ((await listPasskeys(trx, staffId)).length >= PASSKEYS_MAX) throw new Problem('passkey.too_many')
    const id = await insertPasskey(trx, passkey)
    if (id === undefined) throw new Problem('passkey.refused')
    append({ at: clock.installation(), actor: `staff:${name}`, action: 'passkey.add', detail: { label } })
    return id
  })
  return { ...passkey, passkeyId, lastUsedAt: null }
}

/** @throws Problem `passkey.refused` */
async function verifyNew(response: ApiNewCredential, expectedChallenge: string, { origin, hostname }: Origin) {
  const { verifyRegistrationResponse } = await loadWebAuthn()
  const expected = {
    expectedChallenge,
    expectedOrigin: origin,
    expectedRPID: hostname,
    supportedAlgorithmIDs: ALGORITHMS,
  }
  // The library throws for what does not fit.
  const { registrationInfo } = await verifyRegistrationResponse({ response, ...expected }).catch((error: unknown) => {
    throw new Problem('passkey.refused', messageOf(error))
  })
  if (!registrationInfo) throw new Problem('passkey.refused')
  return registrationInfo.credential
}

/** @throws Problem `passkey.unknown` */
export async function removePasskey({ db, clock }: SignInParts, { staffId, name }: Owner, passkeyId: number) {
  await changeInstallation(db, async ({ trx, append }) => {
    const label = await deletePasskey(trx, staffId, passkeyId)
    if (label === undefined) throw new Problem('passkey.unknown')
    append({ at: clock.installation(), actor: `staff:${name}`, action: 'passkey.remove', detail: { label } })
  })
}
