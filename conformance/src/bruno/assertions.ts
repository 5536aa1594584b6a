import { isObject } from '@shenpi/sdk/contract/is-object'
import type { ConformanceCase } from '../case.ts'
import { toBru } from './to-bru.ts'

/** An expression over the response, and what Bruno expects of it. */
type Assertion = readonly [expression: string, expected: string]

/** Where a call's answer stands in its body. */
const rootOf = ({ call }: ConformanceCase): string => (call.family === 'shakearound' ? 'res.body.data' : 'res.body')

/** Where a member stands, of a path such as `devices.0.device_id`. */
export const expressionAt = (one: ConformanceCase, path: string): string =>
  `${rootOf(one)}.${path}`.replace(/\.(\d+)(?=\.|$)/g, '[$1]')

/** What a case states of its answer. */
export function assertionsOf(one: ConformanceCase): Assertion[] {
  const { call, errcode, answer, keep = {} } = one
  if (errcode !== undefined) return [['res.body.errcode', `eq ${errcode}`]]
  const isWell: Assertion[] = call.family === 'token' ? [] : [['res.body.errcode', 'eq 0']]
  const kept = Object.values(keep).map((path): Assertion => [expressionAt(one, path), 'isDefined'])
  return [...isWell, ...kept, ...expect(rootOf(one), answer, new Set(Object.keys(keep)))]
}

function expect(expression: string, value: unknown, kept: ReadonlySet<string>): Assertion[] {
  if (value === undefined) return []
  if (Array.isArray(value)) {
    const items = value.flatMap((item, index) => expect(`${expression}[${index}]`, item, kept))
    return [[`${expression}.length`, `eq ${value.length}`], ...items]
  }
  if (isObject(value)) {
    return Object.entries(value).flatMap(([name, member]) => expect(`${expression}.${name}`, member, kept))
  }
  const expected = toExpected(value, kept)
  return expected === undefined ? [] : [[expression, expected]]
}

/** What Bruno reads as code in a text; such a text is left out. */
const CODE = /[`\\\r\n"]|\$\{/
/** Places whose cases state no value, but what holds for any. */
const COUNTS = ['now', 'tokenLife', 'callsADay', 'callsUsed', 'callsLeft', 'costMs']

function toExpected(value: unknown, kept: ReadonlySet<string>): string | undefined {
  if (typeof value !== 'string') return `eq ${value}`
  const [, place] = /^\{(\w+)\}$/.exec(value) ?? []
  if (place && kept.has(place)) return undefined
  if (place && COUNTS.includes(place)) return 'isNumber'
  if (value === '') return 'isEmpty'
  return CODE.test(value) ? undefined : `eq ${toBru(value)}`
}
