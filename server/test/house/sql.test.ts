import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sourcesOf } from './sources.ts'
import { tokensOf } from './tokens.ts'

/** What of Kysely begins a statement. */
const STATEMENTS = new Set(['selectFrom', 'selectNoFrom', 'insertInto', 'updateTable', 'deleteFrom', 'executeQuery'])
const MAY_HOLD_SQL = [/\.store\.ts$/, /^server\/src\/db\//]

function holdsSql(source: string): boolean {
  const tokens = tokensOf(source)
  const isStatement = (index: number) =>
    tokens[index - 1]?.text === '.' && STATEMENTS.has(tokens[index]?.text ?? '') && tokens[index + 1]?.text === '('
  const isTag = (index: number) => tokens[index]?.text === 'sql' && tokens[index + 1]?.kind === 'template'
  return tokens.some((_, index) => isStatement(index) || isTag(index))
}

test('SQL stands in stores and in db/ alone', () => {
  const elsewhere = sourcesOf('server/src')
    .filter(({ path }) => !MAY_HOLD_SQL.some((pattern) => pattern.test(path)))
    .filter(({ text }) => holdsSql(text))
    .map(({ path }) => path)
  assert.deepEqual(elsewhere, [])
})
