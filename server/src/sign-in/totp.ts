import { createHmac, timingSafeEqual } from 'node:crypto'
import { drawSecret } from '../entropy/draw-secret.ts'

/** How long a code counts, in milliseconds, and its digits. Source: RFC 6238, the values that every app takes. */
const STEP_MS = 30_000
const DIGITS = 6
/** Steps before and after the present one whose codes are taken, because clocks differ. Source: RFC 6238, 5.2. */
const DRIFT = 1
/** Source: RFC 4226, 4 R6. */
const SECRET_BYTES = 20

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

export const newTotpSecret = (): Buffer => drawSecret(SECRET_BYTES)

/**
 * The step whose code it is, if it is one of about now.
 *
 * @param after the step of the last code that was taken: its code and earlier ones are not good again
 */
export function findTotpStep(secret: Buffer, code: string, at: Date, after: number): number | undefined {
  const now = Math.floor(at.getTime() / STEP_MS)
  for (let step = Math.max(now - DRIFT, after + 1); step <= now + DRIFT; step += 1) {
    if (timingSafeEqual(Buffer.from(totpCode(secret, step)), Buffer.from(code))) return step
  }
  return undefined
}

/** The code of a step. Source: RFC 4226, 5.3. */
export function totpCode(secret: Buffer, step: number): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const mac = createHmac('sha1', secret).update(counter).digest()
  const offset = (mac.at(-1) ?? 0) & 0xf
  const number = (mac.readUInt32BE(offset) & 0x7fff_ffff) % 10 ** DIGITS
  return String(number).padStart(DIGITS, '0')
}

/** As it is typed into an app. Source: RFC 4648, 6; without padding. */
export function toBase32(bytes: Buffer): string {
  let bits = ''
  for (const byte of bytes) bits += byte.toString(2).padStart(8, '0')
  return (bits.match(/.{1,5}/g) ?? []).map((five) => BASE32[Number.parseInt(five.padEnd(5, '0'), 2)]).join('')
}

/** What a QR code holds. Source: the Key URI format that authenticator apps read. */
export function toTotpUri(secret: Buffer, name: string): string {
  return `otpauth://totp/${encodeURIComponent(`Shenpi:${name}`)}?secret=${toBase32(secret)}&issuer=Shenpi`
}
