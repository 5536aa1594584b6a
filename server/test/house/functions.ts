import { stripTypeScriptTypes } from 'node:module'
import { type Token, tokensOf } from './tokens.ts'

/** What stands before a parenthesis and a block that are no function's. */
const NO_NAMES = new Set(['if', 'for', 'while', 'switch', 'catch', 'with', 'await'])

/** How many lines each function has that has a block: from its name or its parameters to its closing brace. */
export function functionLengths(source: string): number[] {
  const tokens = tokensOf(stripTypeScriptTypes(source))
  const pairs = pairsOf(tokens)
  return tokens.flatMap((token, open) => {
    const head = token.kind === 'mark' && token.text === '{' ? headOf(tokens, pairs, open) : undefined
    const end = tokens[pairs.get(open) ?? -1]
    return head && end ? [end.line - head.line + 1] : []
  })
}

/** Where the function begins whose block opens here; undefined when it is no function's. */
function headOf(tokens: readonly Token[], pairs: ReadonlyMap<number, number>, open: number): Token | undefined {
  const isArrow = tokens[open - 1]?.text === '=>'
  const last = open - (isArrow ? 2 : 1)
  if (tokens[last]?.text !== ')') return isArrow ? tokens[last] : undefined
  const first = pairs.get(last) ?? last
  if (isArrow) return tokens[first]
  const name = tokens[first - 1]
  return name && NO_NAMES.has(name.text) ? undefined : name
}

const CLOSED_BY: Readonly<Record<string, string>> = { '(': ')', '{': '}', '[': ']' }

/** Each bracket's other one, by their places. */
function pairsOf(tokens: readonly Token[]): Map<number, number> {
  const pairs = new Map<number, number>()
  const open: number[] = []
  for (const [index, { kind, text }] of tokens.entries()) {
    if (kind !== 'mark') continue
    if (text in CLOSED_BY) open.push(index)
    const first = open.at(-1)
    if (first === undefined || CLOSED_BY[tokens[first]?.text ?? ''] !== text) continue
    open.pop()
    pairs.set(first, index).set(index, first)
  }
  return pairs
}
