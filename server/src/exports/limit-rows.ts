import type { Cell, Rows } from './cell.ts'

/** The first rows, the head not counted. Where there are more, the last row says so: a file that ends early looks whole. */
export async function* limitRows(rows: Rows, max: number): Rows & AsyncGenerator<readonly (readonly Cell[])[]> {
  let left = max + 1
  for await (const some of rows) {
    if (some.length > left) {
      yield [...some.slice(0, left), [noteOf(max)]]
      return
    }
    left -= some.length
    yield some
  }
}

const noteOf = (max: number): string => {
  const count = max.toLocaleString('en')
  return `NOT ALL: this file ends after ${count} rows, and there are more / 未完：本文件只含前 ${count} 行，后面还有`
}
