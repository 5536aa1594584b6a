import { CHUNK_LENGTHS } from './chunk.ts'

/**
 * The values with the last one repeated up to a power of two. A statement's text depends on how many values it lists, and
 * both databases keep statements by their text: so lists of any length make a dozen statements instead of thousands.
 * Only where a repeat changes nothing, as in `in (…)` and `on conflict do nothing`.
 *
 * @example
 * padToPowerOfTwo([7, 8, 9]) // [7, 8, 9, 9]
 */
export function padToPowerOfTwo<T>(values: readonly T[]): readonly T[] {
  return padTo(2 ** Math.ceil(Math.log2(values.length)), values)
}

/** The values with the last one repeated up to the length of a chunk, so that a statement on a list runs once. */
export function padToChunk<T>(values: readonly T[]): readonly T[] {
  return padTo(CHUNK_LENGTHS.findLast((length) => length >= values.length) ?? values.length, values)
}

function padTo<T>(length: number, values: readonly T[]): readonly T[] {
  const last = values.at(-1)
  if (last === undefined) return values
  return [...values, ...Array<T>(length - values.length).fill(last)]
}
