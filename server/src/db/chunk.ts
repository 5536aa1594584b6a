/** Lengths of the chunks, the longest first: PostgreSQL prepares a statement for each. */
export const CHUNK_LENGTHS = [64, 16, 4, 1] as const

/**
 * Cut a list of rows into chunks of few different lengths: the text of a statement that inserts several rows depends on
 * how many they are, and each text is prepared once a connection.
 */
export function toChunks<T>(rows: readonly T[]): T[][] {
  const chunks: T[][] = []
  let start = 0
  for (const length of CHUNK_LENGTHS) {
    for (; rows.length - start >= length; start += length) chunks.push(rows.slice(start, start + length))
  }
  return chunks
}
