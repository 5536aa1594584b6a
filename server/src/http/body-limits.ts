import { problemRow } from '@shenpi/sdk/contract/problems'
import { choicesOf } from '@shenpi/sdk/contract/schema'
import type { TSchema } from '@sinclair/typebox'
import { Problem, tooMany } from '../problem.ts'

/** The largest bodies. Unit: bytes. Source: docs/protocol/conventions.md, body limits. */
export const BODY_MAX_BYTES = 1024 * 1024
export const UPLOAD_MAX_BYTES = 10 * 1024 * 1024
/**
 * The largest JSON of a caller that has not proven yet who it is, and of arguments that may as well stand in the query,
 * where 16 KB fit. Unit: bytes. Source: as above.
 */
export const ARGUMENTS_MAX_BYTES = 16 * 1024

/** How deep JSON may be nested. The deepest request of the contract is five levels deep. Source: as above. */
export const JSON_DEPTH_MAX = 32

/** Members and items that JSON may have beyond what its call knows, and the most in all. Source: as above. */
const JSON_VALUES_UNKNOWN = 5000
const JSON_VALUES_MAX = 40_000

/**
 * How many members and items the JSON of a request may have, at any depth: what it costs to parse follows from them, not
 * from its bytes. Four times what the request itself can have: clients send back whole what they were answered.
 */
export function valuesMaxOf(request: TSchema): number {
  return Math.min(JSON_VALUES_MAX, JSON_VALUES_UNKNOWN + 4 * valuesOf(request))
}

function valuesOf(schema: TSchema): number {
  const { properties, items, maxItems = Infinity } = schema
  const members = Object.values<TSchema>(properties ?? {}).map(valuesOf)
  const choices = choicesOf(schema).map(valuesOf)
  return (
    1 + members.reduce((sum, each) => sum + each, 0) + (items ? maxItems * valuesOf(items) : Math.max(0, ...choices))
  )
}

/** Refuse a body that is larger than it may be. @param value its size; where it is unknown, the text says only that it is more */
export function bodyTooLarge(
  value: number | undefined,
  limit: number,
  unit: 'bytes' | 'members and items',
  code: 'body.too_large' | 'upload.too_large' = 'body.too_large',
): Problem {
  const size = `${value ?? `more than ${limit}`} ${unit}, at most ${limit} are read`
  const counted = unit === 'bytes' ? 'bytes' : 'values'
  return new Problem(code, `It has ${size}.`, `${problemRow(code).message}: ${size}`).about(
    tooMany(code, limit, value ?? null, counted).findings,
  )
}
