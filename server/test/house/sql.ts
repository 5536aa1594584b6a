import { type Token, tokensOf } from './tokens.ts'

/** What of Kysely begins a statement. */
const STATEMENTS = new Set([
  'selectFrom',
  'selectNoFrom',
  'insertInto',
  'replaceInto',
  'updateTable',
  'deleteFrom',
  'mergeInto',
  'with',
  'withRecursive',
  'executeQuery',
])

/** Whether a source begins a statement, or imports of Kysely more than types: `sql` under any name, too. */
export function holdsSql(source: string): boolean {
  const tokens = tokensOf(source)
  return tokens.some(
    ({ text }, index) =>
      (/^['"]kysely(\/|['"]$)/.test(text) && importsValue(tokens.slice(0, index))) ||
      (STATEMENTS.has(text) && /^\??\.$/.test(tokens[index - 1]?.text ?? '')),
  )
}

/** Whether what stands before the name of a module takes a value from it. */
function importsValue(before: readonly Token[]): boolean {
  const words = before.map(({ text }) => text)
  const clause = words.slice(words.findLastIndex((word) => word === 'import' || word === 'export') + 1)
  if (clause[0] === 'type' && clause[1] !== 'from') return false
  if (clause[0] !== '{') return true
  return clause.some((word, index) => (word === '{' || word === ',') && !/^(type|\})$/.test(clause[index + 1] ?? ''))
}
