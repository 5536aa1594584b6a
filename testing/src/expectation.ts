import type { PushedMessage } from '@shenpi/sdk/callbacks'

/**
 * What a callback is to say: any of its members, as deep as is given. `event` is its `Event`.
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
    return { path: path.join('.'), expected, actual, isEqual: Object.is(actual, expected) }
  })
}

export const isMet = (compared: readonly Compared[]): boolean => compared.every(({ isEqual }) => isEqual)

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/** Down to what is no object: a list has its length beside its items. Whose realm it is from does not matter. */
function leavesOf(value: unknown, path: readonly string[] = []): [path: readonly string[], expected: unknown][] {
  if (!isObject(value)) return [[path, value]]
  const members = Object.entries(value).flatMap(([name, each]) => leavesOf(each, [...path, name]))
  return Array.isArray(value) ? [[[...path, 'length'], value.length], ...members] : members
}

const at = (value: unknown, path: readonly string[]): unknown =>
  path.reduce((inner: unknown, name) => (isObject(inner) ? inner[name] : undefined), value)
