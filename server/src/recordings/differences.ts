import { isObject } from '@shenpi/sdk/contract/is-object'
import type { Answer } from './recording.ts'

export type DifferenceKind = 'status' | 'errcode' | 'errmsg' | 'missing' | 'extra' | 'type'

/** One way in which an answer differs from the recorded one. */
export interface Difference {
  kind: DifferenceKind
  /** Where in the answer: `data.devices[].device_id`; of the status and of an answer that is no JSON it is empty. */
  at: string
  recorded: string
  answered: string
}

export interface Compared {
  differences: Difference[]
  /** Lists of which one is empty, so that nothing is known of their items. */
  unseen: string[]
}

/** Deeper than any answer of the wire. */
const DEPTH_MAX = 32

/**
 * Compare an answer with the recorded one: HTTP status, errcode, which members there are and of which type, and the errmsg
 * of success. Values are not compared: docs/decisions/0046-record-and-compare.md.
 */
export function compareAnswers(recorded: Answer, answered: Answer): Compared {
  const compared: Compared = { differences: [], unseen: [] }
  const status = (recorded.status ?? 200) !== (answered.status ?? 200)
  if (status) differ(compared, 'status', '', String(recorded.status), String(answered.status))
  if (recorded.left_out !== undefined) return compared
  const [was, is] = [recorded.body, answered.body]
  if (!isObject(was) || !isObject(is)) {
    if (typeOf(was) !== typeOf(is)) differ(compared, 'type', '', contentOf(recorded), contentOf(answered))
    return compared
  }
  const [code, answeredCode] = [errcodeOf(was), errcodeOf(is)]
  if (code !== answeredCode) {
    differ(compared, 'errcode', 'errcode', inWords(code, was), inWords(answeredCode, is))
    return compared
  }
  if (code === 0 && typeof was.errmsg === 'string' && typeof is.errmsg === 'string' && was.errmsg !== is.errmsg) {
    differ(compared, 'errmsg', 'errmsg', JSON.stringify(was.errmsg), JSON.stringify(is.errmsg))
  }
  compareValues(compared, '', [was], [is], 0)
  return compared
}

function differ({ differences }: Compared, kind: DifferenceKind, at: string, recorded: string, answered: string): void {
  differences.push({ kind, at, recorded, answered })
}

/** An answer without one succeeded, as that of the token calls. */
export const errcodeOf = ({ errcode }: Record<string, unknown>): unknown => errcode ?? 0

const ERRMSG_MAX = 120

function inWords(errcode: unknown, { errmsg }: Record<string, unknown>): string {
  const code = JSON.stringify(errcode) ?? ''
  return errcode === 0 || typeof errmsg !== 'string' ? code : `${code} (${errmsg.slice(0, ERRMSG_MAX)})`
}

const contentOf = ({ body, type }: Answer): string =>
  body === undefined ? `no JSON (${type ?? 'no type'})` : typeOf(body)

/** Compare all the values that stand at one place: one in an object, in a list as many as it has items. */
function compareValues(
  compared: Compared,
  at: string,
  was: readonly unknown[],
  is: readonly unknown[],
  depth: number,
): void {
  if (depth > DEPTH_MAX) return
  const types = typesOf(was)
  const others = typesOf(is).filter((type) => !types.includes(type))
  if (others.length > 0) differ(compared, 'type', at, types.join(' or '), others.join(' or '))
  compareMembers(compared, at, was.filter(isObject), is.filter(isObject), depth)
  compareItems(compared, at, was.filter(Array.isArray).flat(), is.filter(Array.isArray).flat(), depth)
}

function compareMembers(
  compared: Compared,
  at: string,
  was: readonly Record<string, unknown>[],
  is: readonly Record<string, unknown>[],
  depth: number,
): void {
  if (was.length === 0 || is.length === 0) return
  const names = new Set([...was, ...is].flatMap((value) => Object.keys(value)))
  for (const name of names) {
    const path = at === '' ? name : `${at}.${name}`
    const [before, now] = [was, is].map((values) => values.filter((value) => Object.hasOwn(value, name)))
    const [recorded, answered] = [toValues(before, name), toValues(now, name)]
    if (recorded.length === 0) differ(compared, 'extra', path, 'nothing', typesOf(answered).join(' or '))
    // What only some of the recorded items have may be missing in others.
    else if (recorded.length === was.length && answered.length < is.length) {
      differ(compared, 'missing', path, typesOf(recorded).join(' or '), 'nothing')
    } else if (answered.length > 0) compareValues(compared, path, recorded, answered, depth + 1)
  }
}

const toValues = (of: readonly Record<string, unknown>[] = [], name: string): unknown[] =>
  of.map((value) => value[name])

function compareItems(compared: Compared, at: string, was: unknown[], is: unknown[], depth: number): void {
  if (was.length > 0 && is.length > 0) compareValues(compared, `${at}[]`, was, is, depth + 1)
  else if (was.length !== is.length) compared.unseen.push(at)
}

function typeOf(value: unknown): string {
  if (Array.isArray(value)) return 'list'
  if (value === null) return 'null'
  return value === undefined ? 'nothing' : typeof value
}

const typesOf = (values: readonly unknown[]): string[] => [...new Set(values.map(typeOf))].sort()
