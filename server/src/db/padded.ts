/**
 * The values with the last one repeated up to a power of two. A statement's text depends on how many values it lists, and
 * both databases keep statements by their text: so lists of any length make a dozen statements instead of thousands.
 * Only where a repeat changes nothing, as in `in (…)` and `on conflict do nothing`.
 *
 * @example
 * padded([7, 8, 9]) // [7, 8, 9, 9]
 */
export function padded<T>(values: readonly T[]): readonly T[] {
  const last = values.at(-1)
  if (last === undefined) return values
  const length = 2 ** Math.ceil(Math.log2(values.length))
  return [...values, ...Array<T>(length - values.length).fill(last)]
}
