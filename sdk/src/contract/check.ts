import type { Static, TSchema } from '@sinclair/typebox'
import { type TypeCheck, TypeCompiler } from '@sinclair/typebox/compiler'
import { type ValueError, ValueErrorType } from '@sinclair/typebox/errors'
import { TypeSystem } from '@sinclair/typebox/system'
import type { Refusal } from './call.ts'
import { FORMATS } from './schema.ts'

/** The errors of a schema that a refusal tells from all others. */
const FAULTS: ReadonlyMap<ValueErrorType, keyof Refusal> = new Map([
  [ValueErrorType.ObjectRequiredProperty, 'missing'],
  [ValueErrorType.ArrayMaxItems, 'above'],
  [ValueErrorType.IntegerMaximum, 'above'],
  [ValueErrorType.StringMaxLength, 'above'],
])

export const faultOf = ({ type }: ValueError): keyof Refusal => FAULTS.get(type) ?? 'problem'

/** The formats that TypeBox, which has one list of them for the process and refuses to be told twice, has been told. */
const known = new Set<string>()

/** Make a check of a schema of the contract. It loads TypeBox, which the contract itself does without. */
export function compile<S extends TSchema>(schema: S): TypeCheck<S> {
  for (const [name, takes] of FORMATS) {
    if (known.has(name)) continue
    known.add(name)
    TypeSystem.Format(name, takes)
  }
  return TypeCompiler.Compile(schema)
}

/** Whether a value is what a schema of the contract says. Who asks often compiles the schema once. */
export function fits<S extends TSchema>(schema: S, value: unknown): value is Static<S> {
  return compile(schema).Check(value)
}
