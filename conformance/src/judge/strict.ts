import type { TSchema } from '@sinclair/typebox'

/** The same schema without unknown members in any object. */
export function strict(schema: TSchema): TSchema {
  const copy: TSchema = { ...schema }
  if (schema.properties) {
    const members = Object.entries<TSchema>(schema.properties)
    copy.properties = Object.fromEntries(members.map(([name, member]) => [name, strict(member)]))
    copy.additionalProperties = false
  }
  if (schema.items) copy.items = strict(schema.items)
  if (schema.anyOf) copy.anyOf = schema.anyOf.map(strict)
  return copy
}
