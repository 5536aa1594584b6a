import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './sources.ts'
import { type Token, tokensOf } from './tokens.ts'

/** What a column holds: `device.comment: text, may be null`. */
export function describeColumn(table: string, column: string, holds: 'number' | 'text', isNullable: boolean): string {
  return `${table}.${column}: ${holds}${isNullable ? ', may be null' : ''}`
}

const DB = join(ROOT, 'server/src/db')

/** The columns that the interface `Schema` of db/schema.ts and those of the files beside it promise, read from their sources. */
export function columnsOfSchema(): string[] {
  const files = ['schema.ts', ...readdirSync(DB).filter((name) => name.endsWith('-tables.ts'))]
  return files.flatMap((name) => columnsOfInterface(readFileSync(join(DB, name), 'utf8'))).sort()
}

/** Of the only interface of a file. */
function columnsOfInterface(source: string): string[] {
  const tokens = tokensOf(source)
  const start = tokens.findIndex(({ text }) => text === 'interface')
  const opened = start + tokens.slice(start).findIndex(({ text }) => text === '{')
  const columns: string[] = []
  let table = ''
  for (let at = opened + 1; at < tokens.length && tokens[at]?.text !== '}'; at += 1) {
    table = tokens[at]?.text ?? ''
    for (at += 3; tokens[at]?.text !== '}'; ) {
      const column = tokens[at]?.text ?? ''
      const end = endOfType(tokens, at + 2)
      columns.push(toColumn(table, column, tokens.slice(at + 2, end)))
      at = end
    }
  }
  return columns
}

/** A type ends where the next member or the closing brace begins. */
function endOfType(tokens: readonly Token[], begin: number): number {
  let at = begin
  while (tokens[at]?.text !== '}' && tokens[at + 1]?.text !== ':') at += 1
  return at
}

function toColumn(table: string, column: string, type: readonly Token[]): string {
  const names = type.filter(({ kind }) => kind !== 'mark').map(({ text }) => text)
  const holds = names.filter((name) => !['Generated', 'Fixed', 'null'].includes(name))
  const isNumber = holds.every((name) => name === 'number' || name === 'Time' || /^\d+$/.test(name))
  return describeColumn(table, column, isNumber ? 'number' : 'text', names.includes('null'))
}
