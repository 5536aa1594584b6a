import { ROLES } from '@shenpi/sdk/contract/states'
import { NOBODY } from '../../src/actors/actor.ts'
import { changePolicy } from '../../src/policy/change-policy.ts'
import { findPolicyVersion } from '../../src/policy/policy.store.ts'
import { openChallenge, sealChallenge } from '../../src/sign-in/challenge.ts'
import { insertPasskey } from '../../src/sign-in/credential.store.ts'
import { hashPassword } from '../../src/sign-in/password-hash.ts'
import { markOf } from '../../src/sign-in/sign-in-with-password.ts'
import { totpCode } from '../../src/sign-in/totp.ts'
import { beginTotp, confirmTotp, renewRecoveryCodes } from '../../src/sign-in/totp-enrolment.ts'
import { changeSessions } from '../../src/staff/sessions/change-sessions.ts'
import { openSession } from '../../src/staff/sessions/open-session.ts'
import { findStaffByName, getStaff, insertStaff } from '../../src/staff/staff.store.ts'
import { A_PASSWORD } from '../browser.ts'
import { SoftAuthenticator } from '../soft-authenticator.ts'
import type { TestServer } from '../start-server.ts'

/** Staff whose sessions go on until the next turn. */
const STANDING = ['fuzz-1', 'fuzz-2', 'fuzz-3']
/** Staff whom requests send away, reset, sign out. They come back with the next turn. */
const LEAVERS = Array.from({ length: 8 }, (_, index) => `leaver-${index + 1}`)
/** Of each leaver. */
const SESSIONS = 3
/** Of each whose sessions go on, for those that requests remove. */
const PASSKEYS = 3
/** Who is asked for codes. */
const WITH_CODES = 'with-codes'
const STEP_MS = 30_000

/** The staff of a world, and what they would know and have. */
export interface People {
  /** The token of a session. */
  session(pick: number, isLeaver: boolean): string
  /** The number of a passkey of whose session the same pick gives. */
  passkey(pick: number): string | undefined
  leaver(pick: number): { name: string; password: string }
  /** What follows a password, with a code that is right. */
  secondFactor(pick: number): { challenge: string; totp: string; recovery_code: string }
  /** The code of an authenticator app that a challenge was drawn for. */
  codeOf(challenge: string): string
  /** What an authenticator makes of a question; nothing when the answer is none. */
  answer(asked: unknown): { kind: 'new_passkey' | 'used_passkey'; credential: object } | undefined
  turn(): Promise<void>
}

export async function openPeople({ services, clock, url }: TestServer): Promise<People> {
  const { db } = services
  const parts = await services.signIn()
  const passwordHash = await hashPassword(A_PASSWORD)
  const visitor = { address: '127.0.0.1', network: '127.0.0.1', site: '127.0.0.1', userAgent: 'fuzz', token: undefined }
  const newAuthenticator = () => new SoftAuthenticator(`http://localhost:${new URL(url).port}`)
  let authenticator = newAuthenticator()
  const sessions = new Map<string, string[]>()
  const passkeys = new Map<string, string[]>()
  let second = { challenge: '', recoveryCodes: [''] }

  const find = async (name: string) => await findStaffByName(db, name)
  for (const name of [...STANDING, ...LEAVERS, WITH_CODES]) {
    const staff = { name, roles: ROLES, createdAt: clock.now(), passwordHash, language: null, oidcSubject: null }
    await changeSessions(parts, ({ trx }) => insertStaff(trx, staff))
  }

  /** Let the member be asked for codes. @returns the secret of the app */
  async function askForCodes(): Promise<Buffer> {
    const staff = await find(WITH_CODES)
    const { challenge } = beginTotp(parts, staff ?? { staffId: 0, name: '' })
    const secret = secretOf(challenge)
    await confirmTotp(parts, staff?.staffId ?? 0, { challenge, code: codeNow(secret) })
    return secret
  }

  const codeNow = (secret: Buffer) => totpCode(secret, Math.floor(clock.now().getTime() / STEP_MS))
  const secretOf = (challenge: string) => Buffer.from(openChallenge(parts, 'totp', challenge)[1] ?? '', 'base64url')
  const secret = await askForCodes()

  async function welcome(name: string, count: number): Promise<void> {
    const staff = await find(name)
    const tokens: string[] = []
    while (staff && tokens.length < count) {
      tokens.push(await changeSessions(parts, (all) => openSession(parts, all, { staff, way: 'password', visitor })))
    }
    sessions.set(name, tokens)
  }

  async function givePasskeys(name: string): Promise<void> {
    const staffId = (await find(name))?.staffId ?? 0
    const given: string[] = []
    for (let index = 0; index < PASSKEYS; index += 1) {
      const passkey = { credentialId: `${name}-${index}`, publicKey: '', counter: 0, transports: [], label: 'Spare' }
      const createdAt = clock.now()
      const id = await changeSessions(parts, ({ trx }) => insertPasskey(trx, { ...passkey, staffId, createdAt }))
      given.push(String(id))
    }
    passkeys.set(name, given)
  }

  /** As it is at a start, but that every decision is looked at again. */
  async function resetPolicy(): Promise<void> {
    const version = (await findPolicyVersion(db))?.version ?? 0
    const settings = { ...services.policy.given.first, samples: [{ percent: 100 }] }
    await changePolicy(services, { version, settings, reason: 'a turn of the fuzz', actor: NOBODY })
  }

  return {
    session(pick, isLeaver) {
      const names = isLeaver ? LEAVERS : STANDING
      const tokens = sessions.get(names[pick % names.length] ?? '') ?? []
      // In turns: where one has ended, the next may go on.
      const token = tokens.shift() ?? ''
      tokens.push(token)
      return token
    },
    passkey(pick) {
      const own = passkeys.get(STANDING[pick % STANDING.length] ?? '') ?? []
      // In turns, as one that is removed is gone.
      own.push(...own.splice(0, 1))
      return own.at(-1)
    },
    leaver: (pick) => ({ name: LEAVERS[pick % LEAVERS.length] ?? '', password: A_PASSWORD }),
    secondFactor: (pick) => ({
      challenge: second.challenge,
      totp: codeNow(secret),
      recovery_code: second.recoveryCodes[pick % second.recoveryCodes.length] ?? '',
    }),
    codeOf(challenge) {
      try {
        return codeNow(secretOf(challenge))
      } catch {
        return '000000'
      }
    },
    answer(asked) {
      const options = Object(Object(asked).options)
      if (!options.challenge) return undefined
      return options.rp
        ? { kind: 'new_passkey', credential: authenticator.create(options) }
        : { kind: 'used_passkey', credential: authenticator.get(options) }
    },
    async turn() {
      await db.deleteFrom('sign_in_limit').execute()
      const back = {
        state: 'active' as const,
        roles: JSON.stringify(ROLES),
        password_hash: passwordHash,
        totp_sealed: null,
      }
      await db
        .updateTable('staff')
        .set(back)
        .where('name', 'in', [...STANDING, ...LEAVERS])
        .execute()
      await db.deleteFrom('staff_passkey').execute()
      authenticator = newAuthenticator()
      for (const name of STANDING) {
        await welcome(name, 1)
        await givePasskeys(name)
      }
      for (const name of LEAVERS) await welcome(name, SESSIONS)
      const member = await getStaff(db, (await find(WITH_CODES))?.staffId ?? 0)
      const challenge = sealChallenge(parts, 'second-factor', [String(member.staffId), markOf(member)])
      second = { challenge, recoveryCodes: await renewRecoveryCodes(parts, member.staffId) }
      await resetPolicy()
    },
  }
}
