import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { plainText } from './sql-text.ts'

const DOCUMENT = 'docs/architecture.md'
const HEADING = 'Statements that cross accounts'
export const LIST = `"${HEADING}" of ${DOCUMENT}`

/** A statement that may cross accounts, as the list writes it. */
export interface Listed {
  written: string
  /** Another one is sent where Citus refuses this: the reason says so. */
  isRefused: boolean
  /** It is sent there alone: the reason says so. */
  isOfCitus: boolean
  /** Whether it is a statement of `plainText`. */
  matches(text: string): boolean
}

/** The list of `docs/architecture.md`. @throws Error when a row has no statement or no reason */
export function readList(): Listed[] {
  const document = readFileSync(join(import.meta.dirname, '../../..', DOCUMENT), 'utf8')
  return listedIn(document)
}

/** The rows of the table below the heading: statements in backticks, `…` for whatever stands there, and why. */
export function listedIn(document: string): Listed[] {
  const [, section = ''] = document.split(`\n## ${HEADING}\n`)
  const [ours = ''] = section.split('\n## ')
  const [, , ...rows] = ours.split('\n').filter((line) => line.startsWith('|'))
  return rows.flatMap((row) => {
    const [, statements = '', why = ''] = row.split('|').map((cell) => cell.trim())
    const written = [...statements.matchAll(/`([^`]+)`/g)].map(([, each = '']) => each)
    if (written.length === 0 || why === '') throw new Error(`a row of ${LIST} has no statement or no reason: ${row}`)
    return written.map((each) => toListed(each, why))
  })
}

function toListed(written: string, why: string): Listed {
  const pieces = plainText(written)
    .split('…')
    .map((piece) => piece.trim().replaceAll(/[^\w\s]/g, '\\$&'))
  const pattern = new RegExp(`^${pieces.join('.*')}$`)
  return {
    written,
    isRefused: why.includes('Citus refuses it'),
    isOfCitus: why.includes('on Citus'),
    matches: (text) => pattern.test(text),
  }
}
