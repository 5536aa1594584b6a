import { type Token, tokensOf } from './tokens.ts'

/** The texts that a source joins in one union (`'a' | 'b'`) or one array (`['a', 'b']`), and on which line. */
export function textsTogether(source: string): { line: number; texts: string[] }[] {
  const tokens = tokensOf(source)
  return ['|', ','].flatMap((mark) =>
    runsOf(tokens, mark)
      .filter(([first, last]) => mark === '|' || isArray(tokens, first, last))
      .map(([first, last]) => ({
        line: tokens[first]?.line ?? 0,
        texts: tokens.slice(first, last + 1).flatMap(({ kind, text }) => (kind === 'text' ? text.slice(1, -1) : [])),
      })),
  )
}

/** Where texts with this mark between them begin and end; a single text is none. */
function runsOf(tokens: readonly Token[], mark: string): [first: number, last: number][] {
  const runs: [number, number][] = []
  for (let first = 0; first < tokens.length; first += 1) {
    if (tokens[first]?.kind !== 'text') continue
    let last = first
    while (tokens[last + 1]?.text === mark && tokens[last + 2]?.kind === 'text') last += 2
    if (last > first) runs.push([first, last])
    first = last
  }
  return runs
}

function isArray(tokens: readonly Token[], first: number, last: number): boolean {
  const end = tokens[last + 1]?.text === ',' ? last + 2 : last + 1
  return tokens[first - 1]?.text === '[' && tokens[end]?.text === ']'
}
