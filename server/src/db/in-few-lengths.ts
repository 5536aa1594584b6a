/** Lengths of the pieces, the longest first: PostgreSQL prepares a statement for each. */
export const FEW_LENGTHS = [64, 16, 4, 1] as const

/**
 * Cut a list of rows into pieces of few different lengths: the text of a statement that inserts several rows depends on
 * how many they are, and each text is prepared once a connection.
 */
export function inFewLengths<T>(rows: readonly T[]): T[][] {
  const pieces: T[][] = []
  let start = 0
  for (const length of FEW_LENGTHS) {
    for (; rows.length - start >= length; start += length) pieces.push(rows.slice(start, start + length))
  }
  return pieces
}
