import { isDeepStrictEqual } from 'node:util'
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
    return { path: path.join('.'), expected, actual, isEqual: isDeepStrictEqual(actual, expected) }
  })
}

export const isMet = (compared: readonly Compared[]): boolean => compared.every(({ isEqual }) => isEqual)

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function leavesOf(value: unknown, path: readonly string[] = []): [path: readonly string[], expected: unknown][] {
  if (!isPlain(value)) return [[path, value]]
  return Object.entries(value).flatMap(([name, each]) => leavesOf(each, [...path, name]))
}

const at = (value: unknown, path: readonly string[]): unknown =>
  path.reduce((inner: unknown, name) => (isPlain(inner) ? inner[name] : undefined), value)
