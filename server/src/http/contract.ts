import type { ProblemCode } from '@shenpi/sdk/contract/problems'
import { isTooLong, read } from '@shenpi/sdk/contract/reading'
import { choicesOf } from '@shenpi/sdk/contract/schema'
import type { Static, TSchema } from '@sinclair/typebox'
import type { TypeCheck } from '@sinclair/typebox/compiler'
import type { ValueError } from '@sinclair/typebox/errors'
import { Problem } from '../problem.ts'

/** A memo: a check follows from its schema alone, and the contract's schemas are constants. */
const checks = new WeakMap<TSchema, TypeCheck<TSchema>>()

/** At the first use: a server that starts has nothing to check yet, and does without TypeBox. */
async function compile(schema: TSchema): Promise<TypeCheck<TSchema>> {
  const contract = await import('@shenpi/sdk/contract/check')
  const check = contract.compile(schema)
  checks.set(schema, check)
  return check
}

/**
 * What a request says, as the contract shapes it: members it does not know are left out.
 *
 * @param fallback the problem where the schema names none
 * @throws Problem the one that the contract names for the first thing that does not fit.
 */
export async function parse<S extends TSchema>(schema: S, input: unknown, fallback: ProblemCode): Promise<Static<S>> {
  const value = read(schema, input)
  assertUnicode(schema, value, '')
  const check = checks.get(schema) ?? (await compile(schema))
  if (fits(schema, check, value)) return value
  const { findingsOf } = await import('./contract-findings.ts')
  const findings = findingsOf(schema, check.Errors(value), fallback)
  const error = check.Errors(value).First()
  const code = findings[0]?.problem ?? fallback
  throw new Problem(code, `${error?.path.slice(1) || 'The request'}: ${toWords(error)}.`).about(findings)
}

/** @param check what was compiled of the schema */
function fits<S extends TSchema>(_schema: S, check: TypeCheck<TSchema>, value: unknown): value is Static<S> {
  return check.Check(value)
}

/**
 * A text with half of a surrogate pair is invalid Unicode: no database stores it, and no receiver reads it.
 *
 * @throws Problem `body.charset_invalid`
 */
function assertUnicode(schema: TSchema | undefined, value: unknown, path: string): void {
  if (typeof value === 'string' && !value.isWellFormed()) {
    const fault = `${path.slice(1) || 'the request'} holds half of a surrogate pair`
    throw new Problem('body.charset_invalid', `${fault}.`, `invalid charset: ${fault}`)
  }
  // A list that is too long is not read here either.
  if (!schema || typeof value !== 'object' || value === null || isTooLong(schema, value)) return
  for (const [name, member] of Object.entries(value)) {
    assertUnicode(schema.items ?? schema.properties?.[name], member, `${path}/${name}`)
  }
}

/** What is wrong with a value, in words: for a choice, its options. */
function toWords(error: ValueError | undefined): string {
  const choices = error ? choicesOf(error.schema).flatMap((choice) => choice.const ?? []) : []
  return choices.length > 0 ? `one of ${choices.join(', ')} is expected` : (error?.message ?? 'not valid')
}
