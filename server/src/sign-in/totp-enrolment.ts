import { changeInstallation, type InstallationChange } from '../journal/change-installation.ts'
import { Problem } from '../problem.ts'
import { getStaff, saveTotp } from '../staff/staff.store.ts'
import type { Staff } from '../staff/staff.ts'
import { openChallenge, sealChallenge } from './challenge.ts'
import { saveRecoveryCodes } from './credential.store.ts'
import { hashRecoveryCode, newRecoveryCodes } from './recovery-codes.ts'
import type { SignInParts } from './sign-in-parts.ts'
import { slowGuessing } from './slow-guessing.ts'
import { findTotpStep, newTotpSecret, toBase32, toTotpUri } from './totp.ts'

/** Sealed in the database: a code cannot be compared with a hash. */
const AT_REST = 'totp secret'

export function openTotpSecret({ seal }: SignInParts, { totpSealed }: Staff): Buffer | undefined {
  const secret = totpSealed === null ? undefined : seal.open(AT_REST, totpSealed)
  return secret === undefined ? undefined : Buffer.from(secret, 'base64url')
}

/** Draw a secret. Nothing is asked until its first code was right: the browser brings the secret back, sealed. */
export function beginTotp(parts: SignInParts, { staffId, name }: Pick<Staff, 'staffId' | 'name'>) {
  const secret = newTotpSecret()
  const challenge = sealChallenge(parts, 'totp', [String(staffId), secret.toString('base64url')])
  return { challenge, secret: toBase32(secret), uri: toTotpUri(secret, name) }
}

/**
 * Ask for codes from now on.
 *
 * @returns new recovery codes
 * @throws Problem `sign_in.challenge_ended`, `sign_in.code_wrong`, `sign_in.tries_exceeded`
 */
export async function confirmTotp(
  parts: SignInParts,
  staffId: number,
  { challenge, code }: { challenge: string; code: string },
): Promise<string[]> {
  const [of, text = ''] = openChallenge(parts, 'totp', challenge)
  if (Number(of) !== staffId) throw new Problem('sign_in.challenge_ended')
  const secret = Buffer.from(text, 'base64url')
  const tries = [{ sort: 'code', of: String(staffId) }] as const
  const step = await slowGuessing(parts, tries, async () => findTotpStep(secret, code, parts.clock.installation(), 0))
  if (step === undefined) throw new Problem('sign_in.code_wrong')
  const totpSealed = parts.seal.seal(AT_REST, text)
  return await changeCodes(parts, staffId, 'totp.set', async ({ trx }) => {
    await saveTotp(trx, staffId, { totpSealed, totpStep: step })
  })
}

/** Ask for codes no more. */
export async function removeTotp({ db, clock, sessions }: SignInParts, staffId: number): Promise<void> {
  await changeInstallation(db, async ({ trx, append }) => {
    const { name, totpSealed, totpStep } = await getStaff(trx, staffId)
    if (totpSealed === null) return
    await saveTotp(trx, staffId, { totpSealed: null, totpStep })
    await saveRecoveryCodes(trx, staffId, [])
    append({ at: clock.installation(), actor: `staff:${name}`, action: 'totp.remove', detail: {} })
  })
  sessions.empty()
}

/** Draw new recovery codes in place of the old ones. @throws Problem `totp.off` */
export function renewRecoveryCodes(parts: SignInParts, staffId: number): Promise<string[]> {
  return changeCodes(parts, staffId, 'recovery_codes.renew', async ({ trx }) => {
    const { totpSealed } = await getStaff(trx, staffId)
    if (totpSealed === null) throw new Problem('totp.off')
  })
}

async function changeCodes(
  { db, clock }: SignInParts,
  staffId: number,
  action: string,
  work: (installation: InstallationChange) => Promise<void>,
): Promise<string[]> {
  const codes = newRecoveryCodes()
  await changeInstallation(db, async (installation) => {
    await work(installation)
    await saveRecoveryCodes(installation.trx, staffId, codes.map(hashRecoveryCode))
    const { name } = await getStaff(installation.trx, staffId)
    installation.append({ at: clock.installation(), actor: `staff:${name}`, action, detail: {} })
  })
  return codes
}
