import { choicesOf, isObjectSchema, Kind } from '@shenpi/sdk/contract/schema'
import type { TSchema } from '@sinclair/typebox'

/** What a schema of the contract says to this server alone. */
const OURS: ReadonlySet<string> = new Set([
  'problem',
  'missing',
  'above',
  'oneForList',
  'emptyForAbsent',
  'trimmed',
  'otherName',
  'form',
])
/** Of a whole number: every one of the contract's says so, and JSON knows no other. */
const OBVIOUS_MAXIMUM = Number.MAX_SAFE_INTEGER

interface JsonSchema {
  properties?: Record<string, JsonSchema>
  required?: string[]
  [word: string]: unknown
}

/** Says what of a schema only this server understands, in words. */
type Words = (schema: TSchema) => string[]

/**
 * A schema of the contract as JSON Schema for everybody.
 *
 * @param wordsOf `wordsOfRequest` or `wordsOfAnswer`
 */
export function toJsonSchema(schema: TSchema, wordsOf: Words): JsonSchema {
  const { format, ...rest } = schema
  const words = [schema.description, ...wordsOf(schema)].filter(Boolean).join('; ')
  const convert = (part: TSchema) => toJsonSchema(part, wordsOf)
  const plain: JsonSchema = {}
  for (const [name, value] of Object.entries(rest)) {
    if (OURS.has(name) || (name === 'maximum' && value === OBVIOUS_MAXIMUM)) continue
    plain[name] = value
  }
  const choices = choicesOf(schema)
  if (isObjectSchema(schema)) plain.properties = mapValues(schema.properties, convert)
  if (schema.items) plain.items = convert(schema.items)
  if (choices.length > 0) plain.anyOf = choices.map(convert)
  return words ? { ...plain, description: words } : plain
}

/** What a member has to look like, beside its type. */
export function wordsOfAnswer({ format, form }: TSchema): string[] {
  const weight = /^weight-(\d+)$/.exec(format ?? '')?.[1]
  return [
    ...(weight ? [`at most ${Number(weight) / 2} Chinese characters or ${weight} letters`] : []),
    ...(form ? [form] : []),
  ]
}

/** The same, and how else it may be sent. */
export function wordsOfRequest(schema: TSchema): string[] {
  return [
    ...wordsOfAnswer(schema),
    ...(schema.oneForList ? ['one item may stand for a list of one'] : []),
    ...(schema.trimmed ? ['blanks around it are passed over'] : []),
    ...(schema[Kind] === 'Integer' ? ['a text of digits is read as well'] : []),
    ...(schema.otherName ? [`also named ${schema.otherName}`] : []),
  ]
}

const mapValues = <V, W>(of: Record<string, V>, map: (value: V) => W): Record<string, W> =>
  Object.fromEntries(Object.entries(of).map(([name, value]) => [name, map(value)]))
