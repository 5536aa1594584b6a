import { totpCode } from '../src/sign-in/totp.ts'
import type { TestServer } from './start-server.ts'

/** So long an app shows a code. */
export const STEP_MS = 30_000

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** What an authenticator app does with the secret that it was told. */
export function anApp(secret: string, { clock }: Pick<TestServer, 'clock'>) {
  const bits = [...secret].map((letter) => BASE32.indexOf(letter).toString(2).padStart(5, '0')).join('')
  const bytes = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
  return { code: () => totpCode(bytes, Math.floor(clock.now().getTime() / STEP_MS)) }
}
