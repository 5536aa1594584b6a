import { parse as parseQuery } from 'node:querystring'
import type { Call } from '@shenpi/sdk/contract/call'
import { compile } from '@shenpi/sdk/contract/check'
import { read } from '@shenpi/sdk/contract/reading'
import { weightOf } from '@shenpi/sdk/contract/text'
import { Kind, type TSchema } from '@sinclair/typebox'
import type { ConformanceCase } from '../case.ts'
import { fill } from '../fill.ts'
import { PLACES } from '../world/places.ts'
import { brokenRule, type FieldRule, fieldRules } from './field-rules.ts'

/** A rule of a field, with the cases that show it. */
export interface HeldRule extends FieldRule {
  /** Break it and are refused; of a field that may be left out: leave it out and are answered. */
  cases: readonly ConformanceCase[]
  /** Of a limit: reach it and are not refused for it. */
  atLimit: readonly ConformanceCase[]
}

/** Each rule of a call's fields with the cases, of those given, that show it. */
export function holdRules(call: Call, cases: readonly ConformanceCase[]): HeldRule[] {
  const check = compile(call.request)
  const broken = new Map<string, ConformanceCase[]>()
  const leftOut = new Map<string, ConformanceCase[]>()
  const reached = new Map<string, ConformanceCase[]>()
  const note = (map: typeof broken, key: string, one: ConformanceCase) => map.set(key, [...(map.get(key) ?? []), one])
  for (const one of cases) {
    if (one.call !== call || one.form) continue
    const input = inputOf(one)
    if (input === undefined) continue
    const fault = check.Errors(read(call.request, input)).First()
    if (fault) {
      note(broken, `${brokenRule(fault)} ${one.errcode}`, one)
      continue
    }
    if (one.errcode === undefined) {
      for (const field of leftOutOf(call.request, read(call.request, input))) note(leftOut, field, one)
    }
    for (const field of atLimitIn(call.request, read(call.request, input))) note(reached, field, one)
  }
  return fieldRules(call).map((rule) => ({
    ...rule,
    cases:
      (rule.demand === 'optional'
        ? leftOut.get(rule.field)
        : broken.get(`${rule.field} ${rule.demand} ${rule.errcode}`)) ?? [],
    atLimit: (rule.demand === 'most' ? reached.get(rule.field) : undefined) ?? [],
  }))
}

/** What the contract is given to read of a case, or undefined where that is no JSON. */
function inputOf({ call, request, query }: ConformanceCase): unknown {
  const body = fill(request, PLACES)
  const fromQuery = { ...parseQuery(String(fill(query ?? '', PLACES))) }
  if (call.body === 'query' || call.body === 'arguments' || call.body === 'upload') {
    return typeof body === 'string' ? undefined : { ...fromQuery, ...(body as object | undefined) }
  }
  if (typeof body !== 'string') return call.queried ? { ...(body as object | undefined), ...fromQuery } : body
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

function* membersOf(schema: TSchema, value: unknown, field: string): Generator<[string, TSchema, unknown, boolean]> {
  if (schema[Kind] === 'Object' && typeof value === 'object' && value !== null) {
    for (const [name, property] of Object.entries<TSchema>(schema.properties)) {
      const member = (value as Record<string, unknown>)[name]
      const path = field ? `${field}.${name}` : name
      yield [path, property, member, schema.required?.includes(name) ?? false]
      yield* membersOf(property, member, path)
    }
  }
  if (schema[Kind] === 'Array' && Array.isArray(value)) {
    for (const item of value) {
      yield [`${field}[]`, schema.items, item, true]
      yield* membersOf(schema.items, item, `${field}[]`)
    }
  }
}

/** Fields that may be left out, and are. */
function leftOutOf(schema: TSchema, value: unknown): Set<string> {
  const fields = new Set<string>()
  for (const [field, , member, isRequired] of membersOf(schema, value, '')) {
    if (!isRequired && member === undefined) fields.add(field)
  }
  return fields
}

/** Fields that are as large as they may be. */
function atLimitIn(schema: TSchema, value: unknown): Set<string> {
  const fields = new Set<string>()
  for (const [field, of, member] of membersOf(schema, value, '')) if (isAtLimit(of, member)) fields.add(field)
  return fields
}

function isAtLimit({ format, maxLength, maximum, maxItems }: TSchema, value: unknown): boolean {
  if (typeof value === 'number') return value === maximum
  if (Array.isArray(value)) return value.length === maxItems
  if (typeof value !== 'string') return false
  return format ? `weight-${weightOf(value)}` === format : value.length === maxLength
}
