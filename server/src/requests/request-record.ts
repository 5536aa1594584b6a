import type { RequestCheck } from '@shenpi/sdk/contract/states'
import { excerptOf } from '../excerpt.ts'
import { maskBody, maskUrl } from './mask-secrets.ts'

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
  /** Of the call, or what was asked for where there is no such call. */
  path: string
  /** Why it was refused; null: it was not. */
  problem: string | null
  /** The check that refused it. */
  endedAt: RequestCheck | null
  /** JSON array of what does not fit. */
  findings: string
  /** The rule of the sandbox that made the answer. */
  injectedBy: string | null
  /** What gave the application an outcome, in a sandbox, that it submitted or asked about: `rule:NAME`, `rule:text`, `rule:header`. */
  outcomeBy: string | null
  /** How far the account's time was ahead of the machine's. */
  aheadMs: number
}

/** How much of a text is kept. Unit: characters. */
const TEXT_MAX = 2048
const PATH_MAX = 128

/** Everything but line breaks and tabs; PostgreSQL cannot store the first of them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the pattern looks for control characters
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g

/** A text as it is kept: shortened, and then without its secrets. */
function toKept(text: string, mask: (text: string) => string): string {
  const clean = mask(excerptOf(text, TEXT_MAX)).replace(CONTROL, '\ufffd')
  return text.length > TEXT_MAX ? `${clean}…` : clean
}

/** The part of a body that can be kept; one that is cut off says so. */
export function toText(body: Buffer): string {
  // A character may be cut in two; it falls behind the limit, as none is shorter than a byte.
  return body.subarray(0, 4 * TEXT_MAX).toString()
}

/** A record as it is stored: without its secrets, and shortened. */
export function toStored<Record extends Omit<RequestRecord, 'accountId'>>(record: Record): Record {
  return {
    ...record,
    url: toKept(record.url, maskUrl),
    requestBody: toKept(record.requestBody, maskBody),
    responseBody: toKept(record.responseBody, maskBody),
    clientIp: record.clientIp.slice(0, 64),
    path: toKept(record.path, maskUrl).slice(0, PATH_MAX),
  }
}
