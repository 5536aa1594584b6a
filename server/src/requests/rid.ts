import { DAY_MS } from '../time/china-time.ts'
import { toUnixSeconds } from '../time/unix-seconds.ts'

/** How long a request is known by its rid. Source: docs/protocol/platform.md, openapi/rid/get. */
export const RID_LIFETIME_MS = 7 * DAY_MS

/**
 * A request's id: its time and 64 random bits. Source: docs/protocol/conventions.md, rid.
 *
 * @param drawn 8 bytes
 */
export function newRid(at: Date, drawn: Buffer): string {
  const random = drawn.toString('hex')
  const seconds = toUnixSeconds(at)
  return `${seconds.toString(16).padStart(8, '0')}-${random.slice(0, 8)}-${random.slice(8)}`
}

/** When the request was made, to the second. */
export function ridTime(rid: string): Date {
  return new Date(Number.parseInt(rid.slice(0, 8), 16) * 1000)
}
