/** A part of a source text. Comments and blanks are none. */
export interface Token {
  kind: 'word' | 'text' | 'template' | 'number' | 'pattern' | 'mark'
  text: string
  /** Counted from 1. */
  line: number
}

const BLANK = /\s+|\/\/.*|\/\*[\s\S]*?\*\//y
const KINDS = {
  word: /[#@]?[\p{ID_Start}$_][\p{ID_Continue}$]*/uy,
  number: /\d[\w.]*/y,
  text: /'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/y,
  pattern: /\/(?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*/y,
  mark: /=>|\?\.|\.\.\.|[\s\S]/y,
} as const
/** From the beginning or the end of a place, to the beginning of the next or to the end. */
const TEMPLATE = /[`}](?:[^`\\$]|\\[\s\S]|\$(?!\{))*(?:`|\$\{)/y
/** After these words a slash begins a pattern. */
const BEFORE_VALUE = new Set(['return', 'typeof', 'case', 'in', 'of', 'do', 'else', 'void', 'await', 'yield', 'throw'])

/** The tokens of TypeScript, for tests that look at how the code is built. */
export function tokensOf(source: string): Token[] {
  const tokens: Token[] = []
  /** How many braces are open within each place of a template, of those that are open. */
  const places: number[] = []
  let at = 0
  let line = 1

  const skip = (pattern: RegExp): string => {
    pattern.lastIndex = at
    const [found = ''] = pattern.exec(source) ?? []
    at += found.length
    line += found.split('\n').length - 1
    return found
  }
  const take = (kind: Token['kind'], pattern: RegExp): boolean => {
    const begin = line
    const text = skip(pattern)
    if (text) tokens.push({ kind, text, line: begin })
    return text !== ''
  }
  const takeTemplate = () => {
    if (source[at] === '}') places.pop()
    take('template', TEMPLATE)
    if (tokens.at(-1)?.text.endsWith('{')) places.push(0)
  }
  const takeMark = () => {
    if (mayBeginPattern(tokens.at(-1)) && take('pattern', KINDS.pattern)) return
    take('mark', KINDS.mark)
    const depth = places.pop()
    if (depth !== undefined) places.push(depth + ({ '{': 1, '}': -1 }[tokens.at(-1)?.text ?? ''] ?? 0))
  }

  while (at < source.length) {
    if (skip(BLANK)) continue
    if (take('word', KINDS.word) || take('number', KINDS.number) || take('text', KINDS.text)) continue
    if (source[at] === '`' || (source[at] === '}' && places.at(-1) === 0)) takeTemplate()
    else takeMark()
  }
  return tokens
}

function mayBeginPattern(before: Token | undefined): boolean {
  if (before?.kind === 'mark') return !/[)\]}]/.test(before.text)
  return before === undefined || (before.kind === 'word' && BEFORE_VALUE.has(before.text))
}
