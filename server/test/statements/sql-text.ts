/** A part of a statement. */
export interface Token {
  kind: 'word' | 'parameter' | 'literal' | 'mark'
  /** In small letters and without quotes; of a parameter its number, counted from 0. */
  text: string
}

/** A statement as a tree: what stands in parentheses is a part of its own. */
export type Part = Token | Part[]

const BLANK = /\s+|--.*|::\s*\w+(?:\[\])?/y
const WORD = /[a-z_]\w*/iy
const QUOTED = /"(?:[^"]|"")*"/y
const PARAMETER = /\$(\d+)|\?/y
const LITERAL = /'(?:[^']|'')*'|\d[\w.]*/y
const MARK = /<=|>=|<>|!=|->>|->|\|\||[\s\S]/y

/** The tokens of a statement in the words of either database. Casts say nothing of what is asked, and are left out. */
export function tokensOf(sql: string): Token[] {
  const tokens: Token[] = []
  let at = 0
  let parameters = 0
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at
    const found = pattern.exec(sql)
    if (found) at = pattern.lastIndex
    return found
  }
  while (at < sql.length) {
    if (take(BLANK)) continue
    const quoted = take(QUOTED)
    const word = quoted ? quoted[0].slice(1, -1) : take(WORD)?.[0].toLowerCase()
    const parameter = word === undefined ? take(PARAMETER) : null
    if (word !== undefined) tokens.push({ kind: 'word', text: word })
    else if (parameter) tokens.push({ kind: 'parameter', text: String(Number(parameter[1] ?? ++parameters) - 1) })
    else {
      const literal = take(LITERAL)
      tokens.push(literal ? { kind: 'literal', text: literal[0] } : { kind: 'mark', text: take(MARK)?.[0] ?? '' })
    }
  }
  return tokens
}

/** @throws Error when a parenthesis has no other one */
export function partsOf(tokens: readonly Token[]): Part[] {
  const open: Part[][] = [[]]
  for (const token of tokens) {
    const isMark = token.kind === 'mark'
    if (isMark && token.text === '(') open.push([])
    else if (isMark && token.text === ')') {
      const group = open.pop()
      if (group) open.at(-1)?.push(group)
    } else open.at(-1)?.push(token)
  }
  const [all] = open
  if (!all || open.length !== 1) throw new Error('parentheses do not match')
  return all
}

/** Before a parenthesis of these no name of a function stands. */
const NO_CALLS = new Set(
  'and any as case from if in into join lateral on or select then values when where with'.split(' '),
)

/**
 * A statement as the list of docs/architecture.md writes it, the same for both databases: small letters, no quotes, no casts,
 * every parameter a question mark, a list `= any (?)`.
 */
export function plainText(sql: string): string {
  let text = ''
  let before: Token | undefined
  for (const token of tokensOf(sql)) {
    if (before && isApart(before, token)) text += ' '
    text += token.kind === 'parameter' ? '?' : token.text
    before = token
  }
  return text.replaceAll('in (select value from json_each(?))', '= any (?)')
}

function isApart(before: Token, token: Token): boolean {
  if (before.text === '(' || before.text === '.' || /^[,).]$/.test(token.text)) return false
  return token.text !== '(' || before.kind !== 'word' || NO_CALLS.has(before.text)
}
