import type { Leniency } from '@shenpi/sdk/contract/call'
import { compile } from '@shenpi/sdk/contract/check'
import { Kind, OptionalKind, type TSchema } from '@sinclair/typebox'
import fc from 'fast-check'
import { anyText } from './text.ts'

/** What a schema does not say about its members: which name an existing resource, and which belong together. */
export interface Meaning {
  names: Readonly<Record<string, fc.Arbitrary<unknown>>>
  groups: readonly { members: readonly string[]; together: fc.Arbitrary<Record<string, unknown>> }[]
}

/** How often a member that names a resource names an existing one. */
const NAMED = 8

/**
 * Values that a schema allows, as clients write them: also digits for numbers, null for what is optional, one for a list
 * of one. Source: docs/protocol/conventions.md, reading.
 */
export function validValue(schema: TSchema & Leniency, meaning: Meaning, name = ''): fc.Arbitrary<unknown> {
  switch (schema[Kind]) {
    case 'Object':
      return validObject(schema, meaning)
    case 'Array':
      return validArray(schema, meaning, name)
    case 'Union':
      return fc.oneof(...schema.anyOf.map((choice: TSchema) => validChoice(choice, meaning)))
    case 'Integer':
    case 'Number':
      return orNamed(orDigits(validNumber(schema)), meaning.names[name])
    default:
      return orNamed(validScalar(schema), meaning.names[name])
  }
}

/** Inside a choice nothing is read liberally. */
const validChoice = (schema: TSchema, meaning: Meaning) =>
  schema[Kind] === 'Integer' ? validNumber(schema) : validValue(schema, meaning)

const orNamed = (plain: fc.Arbitrary<unknown>, named: fc.Arbitrary<unknown> | undefined) =>
  named ? fc.oneof({ weight: NAMED, arbitrary: named }, { weight: 1, arbitrary: plain }) : plain

const orDigits = (number: fc.Arbitrary<number>) =>
  fc.oneof({ weight: 9, arbitrary: number }, { weight: 1, arbitrary: number.map(toDigits) })

/** The server reads at most 16 digits, and no exponent. */
const toDigits = (value: number) => (/^-?\d{1,16}(\.\d{1,16})?$/.test(String(value)) ? String(value) : value)

function validObject(schema: TSchema, meaning: Meaning): fc.Arbitrary<unknown> {
  const { minProperties = 0 } = schema
  const properties = Object.entries<TSchema & Leniency>(schema.properties)
  const members = properties.map(([name, member]) => {
    const value = validValue(member, meaning, name)
    if (member[OptionalKind] !== 'Optional') return [name, value] as const
    const absent = member.emptyForAbsent ? fc.constantFrom(null, '') : fc.constant(null)
    return [name, fc.oneof({ weight: 12, arbitrary: value }, { weight: 1, arbitrary: absent })] as const
  })
  const requiredOf = (names: readonly string[]) =>
    properties.flatMap(([name, { [OptionalKind]: kind }]) => (kind !== 'Optional' && names.includes(name) ? name : []))
  const record = (passedOver: readonly string[]) => {
    const kept = members.filter(([name]) => !passedOver.includes(name))
    const requiredKeys = requiredOf(kept.map(([name]) => name))
    return fc.record(Object.fromEntries(kept), { requiredKeys }).filter((value) => hasMembers(value, minProperties))
  }
  const all = record([])
  const group = meaning.groups.find((candidate) => candidate.members.every((name) => name in schema.properties))
  if (!group) return all
  const joined = fc.tuple(record(group.members), group.together).map(([rest, together]) => ({ ...rest, ...together }))
  return fc.oneof({ weight: NAMED, arbitrary: joined }, { weight: 1, arbitrary: all })
}

const hasMembers = (value: object, least: number): boolean =>
  least === 0 || Object.values(value).filter((member) => member !== null).length >= least

function validArray(schema: TSchema & Leniency, meaning: Meaning, name: string): fc.Arbitrary<unknown> {
  const { minItems: minLength = 0, maxItems = 1000 } = schema
  const item = validValue(schema.items, meaning, name)
  if (schema.uniqueItems) {
    // A number that is sent as a text is the same number.
    const selector = (value: unknown) => (typeof value === 'object' ? JSON.stringify(value) : String(value))
    return fc.uniqueArray(item, { minLength, maxLength: Math.min(maxItems, 12), size: 'max', selector })
  }
  const lists = [
    { weight: 8, arbitrary: fc.array(item, { minLength, maxLength: Math.min(maxItems, 3), size: 'max' }) },
    { weight: 1, arbitrary: fc.array(item, { minLength, maxLength: Math.min(maxItems, 12), size: 'max' }) },
    // As many alike as there may be: the server reads them one by one anyway.
    { weight: 1, arbitrary: item.map((only) => Array.from({ length: Math.min(maxItems, 50) }, () => only)) },
  ]
  const list: fc.Arbitrary<unknown> = fc.oneof(...lists)
  const isText = schema.items[Kind] === 'String'
  return schema.oneForList && isText ? fc.oneof({ weight: 5, arbitrary: list }, { weight: 1, arbitrary: item }) : list
}

/** Mostly small, at times at a limit: what a number counts or names is seldom large. */
function validNumber(schema: TSchema): fc.Arbitrary<number> {
  const { exclusiveMinimum: below, maximum: max = Number.MAX_SAFE_INTEGER } = schema
  const { minimum: min = below === undefined ? 0 : below + 0.001 } = schema
  if (schema[Kind] === 'Number') {
    return fc.oneof(fc.double({ min, max, noNaN: true }), fc.constantFrom(min, max, Math.min(max, min + 0.5)))
  }
  return fc.oneof(
    { weight: 6, arbitrary: fc.integer({ min, max: Math.min(max, min + 8) }) },
    { weight: 2, arbitrary: fc.integer({ min, max }) },
    { weight: 1, arbitrary: fc.constantFrom(min, max) },
  )
}

function validScalar(schema: TSchema): fc.Arbitrary<unknown> {
  switch (schema[Kind]) {
    case 'String':
      return validText(schema)
    case 'Literal':
      return fc.constant(schema.const)
    case 'Boolean':
      return fc.boolean()
    case 'Null':
      return fc.constant(null)
    case 'Unknown':
      return fc.oneof(fc.constantFrom(0, 1, true, false, '1', ''), fc.jsonValue({ maxDepth: 2 }))
    default:
      throw new Error(`no values are known for a schema of the kind ${schema[Kind]}`)
  }
}

const TIMES = [
  '2026-03-14T00:00:00Z',
  '2026-02-28T23:59:59.999+08:00',
  '2031-12-31T12:00:00.000Z',
  '1970-01-01T00:00:00Z',
]

/** What a text may not begin with: generators do without it, and what is forbidden is left out after. */
const LOOKAHEAD = /\(\?![^)]*\)/

function validText(schema: TSchema): fc.Arbitrary<string> {
  if (schema.format === 'date-time') return fc.constantFrom(...TIMES)
  const check = compile(schema)
  const fits = (text: string) => text.isWellFormed() && check.Check(text)
  const { pattern, minLength = 0, maxLength = 64 } = schema
  // A pattern that most texts fit only forbids something; any other one describes what there may be.
  const any = anyText(maxLength)
  const sample = fc.sample(any, { seed: 1, numRuns: 50 })
  const forbids = !pattern || sample.filter(fits).length > sample.length / 3
  const texts = forbids ? any : fc.stringMatching(new RegExp(pattern.replace(LOOKAHEAD, '')))
  const longest = ['w', '审', '0'].map((letter) => longestOf(letter, minLength, maxLength, fits)).filter(fits)
  // A filter that nothing passes would search for ever.
  if (!fc.sample(texts, { seed: 1, numRuns: 200 }).some(fits))
    throw new Error(`no text is known of ${JSON.stringify(schema)}`)
  const usual = texts.filter(fits)
  return longest.length === 0 ? usual : fc.oneof({ weight: 9, arbitrary: usual }, fc.constantFrom(...longest))
}

function longestOf(letter: string, min: number, max: number, fits: (text: string) => boolean): string {
  const lengths = [max, Math.floor(max / 2)].filter((length) => length >= min)
  return lengths.map((length) => letter.repeat(length)).find(fits) ?? ''
}
