import { type Cell, guardFormula, type Rows } from './cell.ts'

/** Tells Excel that it is UTF-8: without it Chinese becomes other characters. */
const BYTE_ORDER_MARK = '\ufeff'

/** A table as CSV, as RFC 4180 has it. */
export async function* toCsv(rows: Rows): AsyncGenerator<string> {
  yield BYTE_ORDER_MARK
  for await (const some of rows) yield some.map((row) => `${row.map(toField).join(',')}\r\n`).join('')
}

function toField(cell: Cell): string {
  if (typeof cell !== 'string') return String(cell ?? '')
  const text = guardFormula(cell)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
