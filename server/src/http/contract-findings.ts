import { faultOf } from '@shenpi/sdk/contract/check'
import type { ProblemCode } from '@shenpi/sdk/contract/problems'
import { problemAt } from '@shenpi/sdk/contract/reading'
import { choicesOf } from '@shenpi/sdk/contract/schema'
import type { Expectation, Measure, ValueType } from '@shenpi/sdk/contract/states'
import { weightOf } from '@shenpi/sdk/contract/text'
import type { TSchema } from '@sinclair/typebox'
import { type ValueError, type ValueErrorIterator, ValueErrorType } from '@sinclair/typebox/errors'
import type { Finding } from '../problem.ts'
import { isSecretName } from '../requests/mask-secrets.ts'

/** Fields that one refusal tells of: a list may have a thousand that do not fit. */
const FINDINGS_MAX = 10

/**
 * What of a request does not fit its contract, in the order of the contract: each field once, by what is wrong with it first.
 *
 * @param fallback the problem where the schema names none
 */
export function findingsOf(schema: TSchema, errors: ValueErrorIterator, fallback: ProblemCode): Finding[] {
  const byPath = new Map<string, Finding>()
  for (const error of errors) {
    if (byPath.has(error.path)) continue
    const problem = problemAt(schema, error.path, faultOf(error)) ?? fallback
    byPath.set(error.path, { path: toFieldPath(error.path), problem, ...describe(error) })
    // Nobody looks at the items of a list that is too long.
    if (byPath.size === FINDINGS_MAX || error.type === ArrayMaxItems) break
  }
  return [...byPath.values()]
}

/**
 * A path of JSON Pointer as people write it.
 *
 * @example
 * toFieldPath('/brand/license/0') // 'brand.license[0]'
 */
export const toFieldPath = (pointer: string): string =>
  pointer
    .slice(1)
    .replace(/\/(\d+)/g, '[$1]')
    .replaceAll('/', '.')

const { ArrayMaxItems, ArrayMinItems, StringMaxLength, StringMinLength, StringFormat, StringPattern, Union } =
  ValueErrorType
const { IntegerMaximum, IntegerMinimum, NumberMaximum, NumberMinimum, ObjectRequiredProperty } = ValueErrorType

/** What a schema says of the size of a value, by the error that it is. */
const BOUNDS: ReadonlyMap<ValueErrorType, readonly [Expectation, keyof TSchema & string, Measure | null]> = new Map([
  [ArrayMaxItems, ['at_most', 'maxItems', 'items']],
  [ArrayMinItems, ['at_least', 'minItems', 'items']],
  [StringMaxLength, ['at_most', 'maxLength', 'characters']],
  [StringMinLength, ['at_least', 'minLength', 'characters']],
  [IntegerMaximum, ['at_most', 'maximum', null]],
  [IntegerMinimum, ['at_least', 'minimum', null]],
  [NumberMaximum, ['at_most', 'maximum', null]],
  [NumberMinimum, ['at_least', 'minimum', null]],
])

function describe({ type, schema, path, value }: ValueError): Omit<Finding, 'path' | 'problem'> {
  const seen = typeOf(value)
  const none = { seen, measure: null, unit: null }
  if (type === ObjectRequiredProperty) return { ...none, expected: 'present', limit: null }
  const choices = choicesOf(schema).flatMap((choice) => choice.const ?? [])
  if (choices.length > 0) return { ...none, expected: 'one_of', limit: choices.join(', '), ...measured(path, value) }
  // A text that weighs too much is too long in characters or not: what counts is its weight.
  const isWeighed = type === StringFormat || type === StringMaxLength
  if (isWeighed && typeof value === 'string' && schema.format?.startsWith('weight-')) {
    return {
      expected: 'at_most',
      limit: schema.format.slice('weight-'.length),
      seen,
      measure: weightOf(value),
      unit: 'weight',
    }
  }
  const bound = BOUNDS.get(type)
  if (bound) {
    const [expected, name, unit] = bound
    return { expected, limit: `${schema[name]}`, seen, ...measured(path, value), unit }
  }
  if (type === StringFormat || type === StringPattern || type === Union) {
    return { expected: 'form', limit: schema.form ?? schema.pattern ?? null, seen, ...measured(path, value) }
  }
  return { expected: 'type', limit: schema.type ?? null, seen, ...measured(path, value) }
}

function typeOf(value: unknown): ValueType {
  if (value === undefined || value === null) return 'absent'
  if (Array.isArray(value)) return 'list'
  if (typeof value === 'string') return 'text'
  if (typeof value === 'number' || typeof value === 'boolean') return typeof value === 'number' ? 'number' : 'boolean'
  return 'object'
}

/** How much was sent: of a text and a list how long it is, and a number itself, unless it stands where a secret does. */
function measured(path: string, value: unknown): Pick<Finding, 'measure' | 'unit'> {
  if (typeof value === 'string') return { measure: value.length, unit: 'characters' }
  if (Array.isArray(value)) return { measure: value.length, unit: 'items' }
  const isTold = typeof value === 'number' && !isSecretName(path.slice(path.lastIndexOf('/') + 1))
  return { measure: isTold ? value : null, unit: null }
}
