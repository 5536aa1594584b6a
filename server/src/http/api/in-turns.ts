import { setImmediate } from 'node:timers/promises'

/** The pieces of a file, with a turn of everybody else between two: SQLite answers each read without a pause. */
export async function* inTurns<T>(pieces: AsyncIterable<T>): AsyncGenerator<T> {
  for await (const piece of pieces) {
    yield piece
    await setImmediate()
  }
}
