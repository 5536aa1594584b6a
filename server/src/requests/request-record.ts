import { excerptOf } from '../excerpt.ts'

/** A call of the past, as `openapi/rid/get` tells of it. */
export interface RequestRecord {
  accountId: number
  rid: string
  at: Date
  costMs: number
  /** Path and query. */
  url: string
  requestBody: string
  responseBody: string
  clientIp: string
}

/** How much of a text is kept. Unit: characters. */
const TEXT_MAX = 2048

/** Everything but line breaks and tabs; PostgreSQL cannot store the first of them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the pattern looks for control characters
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g

/** A text as it is kept: shortened, and then without its secrets. */
export function toKept(text: string, mask: (text: string) => string): string {
  const clean = mask(excerptOf(text, TEXT_MAX)).replace(CONTROL, '\ufffd')
  return text.length > TEXT_MAX ? `${clean}…` : clean
}

/** The part of a body that can be kept; one that is cut off says so. */
export function toText(body: Buffer): string {
  // A character may be cut in two; it falls behind the limit, as none is shorter than a byte.
  return body.subarray(0, 4 * TEXT_MAX).toString()
}
