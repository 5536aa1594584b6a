import type { PushedMessage } from '@shenpi/sdk/callbacks'

/**
 * What a callback is to say: any of its members, as deep as is given, and of a text a regular expression. `event` is its `Event`.
 *
 * @example
 * { event: 'open_product_category_audit', QualificationAuditResult: { status: 1 } }
 */
export type Expected = { event?: string } & { readonly [member: string]: unknown }

/** One member that was expected, by its path, and what stands there. */
export interface Compared {
  path: string
  expected: unknown
  actual: unknown
  isEqual: boolean
}

/** Compare a message with what was expected of it, field by field. */
export function compare({ event, ...members }: Expected, message: PushedMessage): Compared[] {
  const all = event === undefined ? members : { Event: event, ...members }
  return leavesOf(all).map(([path, expected]) => {
    const actual = at(message, path)
    return { path: path.join('.'), expected, actual, isEqual: isLike(actual, expected) }
  })
}

export const isMet = (compared: readonly Compared[]): boolean => compared.every(({ isEqual }) => isEqual)

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/** Whose realm it is from does not matter. */
const isA = (value: unknown, tag: 'Object' | 'RegExp'): boolean =>
  Object.prototype.toString.call(value) === `[object ${tag}]`

function isLike(actual: unknown, expected: unknown): boolean {
  if (isA(expected, 'RegExp')) return typeof actual === 'string' && actual.search(Object(expected)) >= 0
  return isA(expected, 'Object') ? isObject(actual) : Object.is(actual, expected)
}

/** An expectation in words. */
export const tell = (value: unknown): string =>
  JSON.stringify(value, (_, each) => (typeof each === 'bigint' || isA(each, 'RegExp') ? String(each) : each))

/** Down to what has no members: a list has its length beside its items. Nothing that is expected is passed over. */
function leavesOf(value: unknown, path: readonly string[] = []): [path: readonly string[], expected: unknown][] {
  const isWhole = isObject(value) && (Array.isArray(value) || isA(value, 'Object'))
  const isEmpty = isWhole && path.length > 0 && Object.keys(value).length === 0 && !Array.isArray(value)
  if (!isWhole || isEmpty) return [[path, value]]
  const members = Object.entries(value).flatMap(([name, each]) => leavesOf(each, [...path, name]))
  return Array.isArray(value) ? [[[...path, 'length'], value.length], ...members] : members
}

const at = (value: unknown, path: readonly string[]): unknown =>
  path.reduce((inner: unknown, name) => (isObject(inner) ? inner[name] : undefined), value)
