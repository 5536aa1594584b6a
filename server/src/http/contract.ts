import type { Leniency, Refusal } from '@shenpi/sdk/contract/call'
import type { ProblemCode } from '@shenpi/sdk/contract/problems'
import { Kind } from '@shenpi/sdk/contract/schema'
import type { Static, TSchema } from '@sinclair/typebox'
import type { TypeCheck } from '@sinclair/typebox/compiler'
import type { ValueError } from '@sinclair/typebox/errors'
import { Problem } from '../problem.ts'

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
  if (check.Check(value)) return value as Static<S>
  const error = check.Errors(value).First()
  const path = error?.path ?? ''
  const { faultOf } = await import('@shenpi/sdk/contract/check')
  const fault = error ? faultOf(error) : 'problem'
  throw new Problem(problemAt(schema, path, fault) ?? fallback, `${path.slice(1) || 'The request'}: ${toWords(error)}.`)
}

/** The first thing in a request that does not fit the contract, if there is one. */
export async function findFault(schema: TSchema, input: unknown): Promise<ValueError | undefined> {
  const check = checks.get(schema) ?? (await compile(schema))
  return check.Errors(read(schema, input)).First()
}

/**
 * Read liberally, as clients in the field need it: null means absent, digits in a string are a number where one is
 * wanted, and what else the schema says. Source: docs/protocol/conventions.md, reading.
 */
export function read(schema: TSchema & Leniency, sent: unknown): unknown {
  const value = schema.trimmed && typeof sent === 'string' ? sent.trim() : sent
  if (value === null || (value === '' && schema.emptyForAbsent)) return undefined
  switch (schema[Kind]) {
    case 'Object': {
      if (typeof value !== 'object' || Array.isArray(value)) return value
      const known: Record<string, unknown> = {}
      for (const [name, property] of Object.entries<TSchema>(schema.properties)) {
        if (!Object.hasOwn(value as object, name)) continue
        const member = read(property, (value as Record<string, unknown>)[name])
        if (member !== undefined) known[name] = member
      }
      return known
    }
    case 'Array':
      if (typeof value === 'string' && schema.oneForList) return [read(schema.items, value)]
      if (!Array.isArray(value) || isTooLong(schema, value)) return value
      return value.map((item) => read(schema.items, item))
    case 'Number':
      return typeof value === 'string' && /^-?\d{1,16}(\.\d{1,16})?$/.test(value) ? Number(value) : value
    case 'Integer':
      return typeof value === 'string' && /^\d{1,16}$/.test(value) ? Number(value) : value
    default:
      return value
  }
}

/** A list that is too long is refused as it is: nobody need look at its items. */
function isTooLong({ maxItems = Infinity }: TSchema, value: object): boolean {
  return Array.isArray(value) && value.length > maxItems
}

/**
 * A text with half of a surrogate pair is no Unicode: no database stores it, and no receiver reads it.
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

/** What is wrong with a value, for people: a choice says what there is to choose from. */
function toWords(error: ValueError | undefined): string {
  const choices = (error?.schema.anyOf as TSchema[] | undefined)?.flatMap((choice) => choice.const ?? [])
  return choices?.length ? `one of ${choices.join(', ')} is expected` : (error?.message ?? 'not valid')
}

/** The problem of the deepest schema on the way to a fault that names one. */
export function problemAt(root: TSchema, path: string, fault: keyof Refusal): ProblemCode | undefined {
  let schema: TSchema | undefined = root
  const passed: TSchema[] = [root]
  for (const segment of path.split('/').slice(1)) {
    schema = schema?.properties?.[segment] ?? schema?.items
    if (!schema) break
    passed.push(schema)
  }
  for (const refusal of passed.reverse() as (TSchema & Refusal)[]) {
    const code = refusal[fault] ?? refusal.problem
    if (code) return code
  }
  return undefined
}
