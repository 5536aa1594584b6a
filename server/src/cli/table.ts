/** Print rows as a table for people: one line a row, columns aligned, wide characters counted as two columns. */
export function printTable(head: readonly string[], rows: readonly (readonly string[])[], none: string): void {
  if (rows.length === 0) {
    console.log(none)
    return
  }
  const lines = [head.map((title) => title.toUpperCase()), ...rows.map((row) => row.map(oneLine))]
  const widths = head.map((_, column) => Math.max(...lines.map((line) => columnsOf(line[column] ?? ''))))
  for (const line of lines) {
    const cells = line.map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - columnsOf(cell)))
    console.log(cells.join('  ').trimEnd())
  }
}

const CELL_MAX = 60

/** A merchant's text may hold anything; a terminal must not obey it, nor write it backwards. */
export const toTerminal = (text: string): string => text.replace(/[\p{Cc}\p{Bidi_Control}]/gu, ' ')

function oneLine(cell: string): string {
  const characters = [...toTerminal(cell)]
  return characters.length > CELL_MAX ? `${characters.slice(0, CELL_MAX - 1).join('')}…` : characters.join('')
}

/** What a terminal shows in two columns: East Asian scripts, their full-width forms, and emoji. */
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}/u

/** Columns that a text takes in a terminal. */
export function columnsOf(text: string): number {
  let columns = 0
  for (const character of text) columns += WIDE.test(character) ? 2 : 1
  return columns
}

const local = (iso: string, timeStyle: 'short' | 'medium') =>
  new Date(iso).toLocaleString('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle })

/** A point in time as people in China read it, to the minute. */
export const toLocalTime = (iso: string): string => local(iso, 'short')

/** The same to the second. */
export const toLocalSecond = (iso: string): string => local(iso, 'medium')
