import type { TSchema } from '@sinclair/typebox'
import type { Leniency, Refusal } from './call.ts'
import { isObject } from './is-object.ts'
import type { ProblemCode } from './problems.ts'
import { Kind } from './schema.ts'

/**
 * Read liberally, as clients in the field need it: null means absent, digits in a string are a number where one is
 * wanted, and what else the schema says. Source: docs/protocol/conventions.md, reading.
 */
export function read(schema: TSchema & Leniency, sent: unknown): unknown {
  const value = schema.trimmed && typeof sent === 'string' ? sent.trim() : sent
  if (value === null || (value === '' && schema.emptyForAbsent)) return undefined
  switch (schema[Kind]) {
    case 'Object': {
      if (!isObject(value)) return value
      // A schema that takes no others refuses them: they are left in sight.
      const known: Record<string, unknown> = schema.additionalProperties === false ? { ...value } : {}
      for (const [name, property] of Object.entries<TSchema>(schema.properties)) {
        const member = read(property, memberOf(value, name) ?? memberOf(value, property.otherName))
        if (member !== undefined) known[name] = member
        else delete known[name]
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

function memberOf(value: Record<string, unknown>, name: string | undefined): unknown {
  return name !== undefined && Object.hasOwn(value, name) ? value[name] : undefined
}

/** A list that is too long is refused as it is: nobody need look at its items. */
export function isTooLong({ maxItems = Infinity }: TSchema, value: object): boolean {
  return Array.isArray(value) && value.length > maxItems
}

/** The problem of the deepest schema on the way to a fault that names one. */
export function problemAt(root: TSchema, path: string, fault: keyof Refusal): ProblemCode | undefined {
  let schema: (TSchema & Refusal) | undefined = root
  const passed: (TSchema & Refusal)[] = [root]
  for (const segment of path.split('/').slice(1)) {
    schema = schema?.properties?.[segment] ?? schema?.items
    if (!schema) break
    passed.push(schema)
  }
  for (const refusal of passed.reverse()) {
    const code = refusal[fault] ?? refusal.problem
    if (code) return code
  }
  return undefined
}
