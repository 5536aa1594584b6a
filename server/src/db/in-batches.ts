/** Every length gives a statement of its own, and only so many are kept prepared. */
const SIZES = [64, 16, 4, 1] as const

/**
 * Cut a list into pieces of few different lengths, for statements with one place for each item: so they have few
 * different texts, and each is prepared once.
 */
export function inBatches<T>(items: readonly T[]): T[][] {
  const batches: T[][] = []
  let at = 0
  for (const size of SIZES) {
    for (; items.length - at >= size; at += size) batches.push(items.slice(at, at + size))
  }
  return batches
}
