import type { KeyPart } from '../../jobs/queue.store.ts'
import { Problem } from '../../problem.ts'

const PARTS: Readonly<Record<KeyPart, RegExp>> = { number: /^\d{1,16}$/, string: /^\w{1,64}$/ }

/** Where a list goes on, as an opaque text: what the last row is ordered by. */
export function toCursor(key: readonly (number | string)[]): string {
  return Buffer.from(key.join('.')).toString('base64url')
}

/** @throws Problem `request.malformed` when it is no cursor of `length` numbers. */
export function parseCursor(cursor: string, length: number): number[] {
  return parseKeyCursor(cursor, Array<KeyPart>(length).fill('number')).map(Number)
}

/** @throws Problem `request.malformed` when it is no cursor of such parts. */
export function parseKeyCursor(cursor: string, parts: readonly KeyPart[]): (number | string)[] {
  const key = Buffer.from(cursor, 'base64url').toString('latin1').split('.')
  if (key.length !== parts.length || parts.some((part, index) => !PARTS[part].test(key[index] ?? ''))) {
    throw new Problem('request.malformed', 'cursor: use the next_cursor of a page.')
  }
  return key.map((text, index) => (parts[index] === 'number' ? Number(text) : text))
}

/** A cursor of a list that is ordered by a name of ours. @throws Problem `request.malformed` */
export function parseTextCursor(cursor: string): string {
  const text = Buffer.from(cursor, 'base64url').toString()
  if (text.length > 64 || text.includes('\0')) {
    throw new Problem('request.malformed', 'cursor: use the next_cursor of a page.')
  }
  return text
}
