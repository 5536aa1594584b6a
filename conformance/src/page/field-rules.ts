import type { Call } from '@shenpi/sdk/contract/call'
import { problemRow } from '@shenpi/sdk/contract/problems'
import { problemAt } from '@shenpi/sdk/contract/reading'
import { Kind, type TObject, type TSchema } from '@sinclair/typebox'
import { type ValueError, ValueErrorType } from '@sinclair/typebox/errors'

/** What a rule demands of a field. */
export type Demand = 'required' | 'optional' | 'type' | 'least' | 'most' | 'form' | 'choice'

/** One thing that the contract says of a field. */
export interface FieldRule {
  /** Where it stands in the request; items of a list are `[]`. */
  field: string
  demand: Demand
  /** For people. */
  says: string
  /** What a request that breaks it is refused with; a field that may be left out cannot be broken so. */
  errcode: number | undefined
}

const isWhole = (schema: TSchema) => schema[Kind] === 'Integer'
const weightIn = ({ format }: TSchema) => /^weight-(\d+)$/.exec(format ?? '')?.[1]
const hasMost = (schema: TSchema) => schema.maximum !== undefined && schema.maximum !== Number.MAX_SAFE_INTEGER

/** Every rule of a call's fields, in the order of the contract. */
export function fieldRules(call: Call): FieldRule[] {
  const errcodeAt = (field: string, fault: 'problem' | 'missing' | 'above') => {
    const fallback = call.family === 'shakearound' ? 'shake.request_invalid' : 'shop.parameter_invalid'
    const path = field.split('.').flatMap((name) => (name.endsWith('[]') ? [name.slice(0, -2), '0'] : [name]))
    return problemRow(problemAt(call.request, `/${path.join('/')}`, fault) ?? fallback).errcode
  }

  const ofValue = (field: string, schema: TSchema): FieldRule[] => {
    const rules: FieldRule[] = []
    const add = (demand: Demand, says: string, fault: 'problem' | 'above' = 'problem') =>
      rules.push({ field, demand, says, errcode: errcodeAt(field, fault) })
    if (schema.anyOf) {
      add('choice', choices(schema))
      return rules
    }
    if (schema.const !== undefined) {
      add('choice', String(schema.const))
      return rules
    }
    if (schema[Kind] === 'Unknown') return rules
    add('type', typeOf(schema))
    const weight = weightIn(schema)
    if (schema.minLength) add('least', schema.minLength === 1 ? 'not empty' : `at least ${schema.minLength} characters`)
    if (schema.minItems) add('least', schema.minItems === 1 ? 'not empty' : `at least ${schema.minItems} items`)
    if (schema.minimum) add('least', `at least ${schema.minimum}`)
    if (weight) add('most', `at most ${Number(weight) / 2} Chinese characters or ${weight} letters`)
    else if (schema.maxLength !== undefined) add('most', `at most ${schema.maxLength} characters`, 'above')
    if (schema.maxItems !== undefined) add('most', `at most ${schema.maxItems} items`, 'above')
    if (hasMost(schema)) add('most', `at most ${schema.maximum}`, isWhole(schema) ? 'above' : 'problem')
    if (schema.pattern) add('form', formOf(schema.pattern))
    else if (weight) add('form', 'without U+0000')
    if (schema[Kind] === 'Object') rules.push(...ofMembers(field, schema as TObject))
    if (schema[Kind] === 'Array') rules.push(...ofValue(`${field}[]`, schema.items))
    return rules
  }

  const ofMembers = (parent: string, { properties, required = [] }: TObject): FieldRule[] =>
    Object.entries<TSchema>(properties).flatMap(([name, schema]) => {
      const field = parent ? `${parent}.${name}` : name
      const presence: FieldRule = required.includes(name)
        ? { field, demand: 'required', says: 'required', errcode: errcodeAt(field, 'missing') }
        : { field, demand: 'optional', says: 'may be left out', errcode: undefined }
      return [presence, ...ofValue(field, schema)]
    })

  return ofMembers('', call.request as TObject)
}

const TYPES: Readonly<Record<string, string>> = {
  String: 'a text',
  Integer: 'a whole number, 0 or more, or its digits',
  Number: 'a number, or its digits',
  Boolean: 'true or false',
  Array: 'a list',
  Object: 'an object',
}
const typeOf = (schema: TSchema) => TYPES[schema[Kind]] ?? schema[Kind]

const choices = (schema: TSchema): string =>
  schema.anyOf
    .map((choice: TSchema) => choice.const ?? (choice.pattern ? `\`${choice.pattern}\`` : typeOf(choice)))
    .join(', or ')

function formOf(pattern: string): string {
  if (pattern === '^[^\\u0000]*$') return 'without U+0000'
  return pattern === '\\S' ? 'not blank' : `\`${pattern}\``
}

const DEMANDS: ReadonlyMap<ValueErrorType, Demand> = new Map([
  [ValueErrorType.ObjectRequiredProperty, 'required'],
  [ValueErrorType.String, 'type'],
  [ValueErrorType.Integer, 'type'],
  [ValueErrorType.Number, 'type'],
  [ValueErrorType.Boolean, 'type'],
  [ValueErrorType.Array, 'type'],
  [ValueErrorType.Object, 'type'],
  [ValueErrorType.IntegerMinimum, 'least'],
  [ValueErrorType.NumberMinimum, 'least'],
  [ValueErrorType.StringMinLength, 'least'],
  [ValueErrorType.ArrayMinItems, 'least'],
  [ValueErrorType.IntegerMaximum, 'most'],
  [ValueErrorType.NumberMaximum, 'most'],
  [ValueErrorType.StringMaxLength, 'most'],
  [ValueErrorType.StringFormat, 'most'],
  [ValueErrorType.ArrayMaxItems, 'most'],
  [ValueErrorType.StringPattern, 'form'],
  [ValueErrorType.Union, 'choice'],
  [ValueErrorType.Literal, 'choice'],
])

/** The rule that the first fault of a request breaks, as `field demand`; undefined where the request has none. */
export function brokenRule({ path, type, schema, value }: ValueError): string {
  const field = path
    .slice(1)
    .replace(/\/\d+(?=\/|$)/g, '[]')
    .replaceAll('/', '.')
  return `${field} ${demandOf(type, schema, value)}`
}

function demandOf(type: ValueErrorType, schema: TSchema, value: unknown): Demand {
  // A whole number that JavaScript cannot hold, or one below 0, is none.
  if (type === ValueErrorType.IntegerMinimum && !schema.minimum) return 'type'
  if (type === ValueErrorType.IntegerMaximum && !hasMost(schema)) return 'type'
  if (type === ValueErrorType.StringFormat && String(value).includes('\0')) return 'form'
  const demand = DEMANDS.get(type)
  if (!demand) throw new Error(`no demand for the error ${ValueErrorType[type]}`)
  return demand
}
