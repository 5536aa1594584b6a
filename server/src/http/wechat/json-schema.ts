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

/** A schema of the contract as JSON Schema for everybody: what only this server understands is said in words. */
export function toJsonSchema(schema: TSchema): JsonSchema {
  const { format, ...rest } = schema
  const words = [schema.description, wordsOf(schema)].filter(Boolean).join('; ')
  const plain: JsonSchema = {}
  for (const [name, value] of Object.entries(rest)) {
    if (OURS.has(name) || (name === 'maximum' && value === OBVIOUS_MAXIMUM)) continue
    plain[name] = value
  }
  const choices = choicesOf(schema)
  if (isObjectSchema(schema)) plain.properties = mapValues(schema.properties, toJsonSchema)
  if (schema.items) plain.items = toJsonSchema(schema.items)
  if (choices.length > 0) plain.anyOf = choices.map(toJsonSchema)
  return words ? { ...plain, description: words } : plain
}

/** What of a schema only this server understands, in words. */
export function wordsOf(schema: TSchema): string {
  const weight = /^weight-(\d+)$/.exec(schema.format ?? '')?.[1]
  if (weight) return `at most ${Number(weight) / 2} Chinese characters or ${weight} letters`
  if (schema.oneForList) return 'one item may stand for a list of one'
  if (schema.otherName) return `${schema.otherName} is read as well`
  if (schema.trimmed) return 'blanks around it are passed over'
  return schema[Kind] === 'Integer' ? 'a text of digits is read as well' : ''
}

const mapValues = <V, W>(of: Record<string, V>, map: (value: V) => W): Record<string, W> =>
  Object.fromEntries(Object.entries(of).map(([name, value]) => [name, map(value)]))
