import { FORMATS, Type } from './schema.ts'
import type { FieldForm } from './states.ts'

/**
 * The weight of a text on the wire: a character outside ASCII counts 2, one inside counts 1.
 * Source: docs/protocol/conventions.md, length rule "N Chinese characters or 2N letters".
 *
 * @example
 * weightOf('审批ok') // 6
 */
export function weightOf(text: string): number {
  let weight = 0
  for (const character of text) weight += character <= '\u007f' ? 1 : 2
  return weight
}

/**
 * The longest reason, as the wire weighs texts.
 * Unit: weight (docs/protocol/conventions.md, length rule). Source: our choice, as long as the longest text of the wire.
 */
export const REASON_MAX_WEIGHT = 500

/** What a reason of the library leaves to be filled in: `{field}` for the fields that are named, `{date}` for a day. */
export const REASON_PLACES: readonly string[] = ['field', 'date']

/**
 * The places of a text that are still to be filled in, each once.
 *
 * @example
 * placesIn('It ended on {date}.') // ['date']
 */
export const placesIn = (text: string): string[] => [
  ...new Set([...text.matchAll(/\{([a-z_]+)\}/g)].map(([, place = '']) => place)),
]

/** The longest purpose of a device quota, in characters. Our choice. */
export const PURPOSE_MAX_LENGTH = 500

/** What a text has to look like: the pattern that it is checked by, and the words that tell it. */
export const shaped = (pattern: string, form: FieldForm) => ({ pattern, form })

/** The pattern of a text without U+0000, which PostgreSQL cannot store: so that no database does. */
export const STORABLE = '^[^\\u0000]*$'
/** The same for a text that says something: it is not all blanks. */
export const STORABLE_WORDS = '^[^\\u0000]*[^\\s\\u0000][^\\u0000]*$'

/**
 * A string of at most `wide` Chinese characters or `2 * wide` letters, as the wire limits its texts, and without U+0000,
 * which PostgreSQL cannot store.
 */
export function weighted(wide: number, options: Record<string, unknown> = {}) {
  const format = `weight-${2 * wide}`
  FORMATS.set(format, (text) => weightOf(text) <= 2 * wide && !text.includes('\0'))
  return Type.String({ format, maxLength: 2 * wide, ...options })
}
