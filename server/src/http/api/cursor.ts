import { Problem } from '../../problem.ts'

/** Where a list goes on, as an opaque text: the ordered numbers of the last row's key. */
export function toCursor(key: readonly number[]): string {
  return Buffer.from(key.join('.')).toString('base64url')
}

/** @throws Problem `request.malformed` when it is no cursor of `length` numbers. */
export function parseCursor(cursor: string, length: number): number[] {
  const key = Buffer.from(cursor, 'base64url').toString('latin1').split('.')
  if (key.length !== length || key.some((part) => !/^\d{1,16}$/.test(part))) {
    throw new Problem('request.malformed', 'cursor: use the next_cursor of a page.')
  }
  return key.map(Number)
}
