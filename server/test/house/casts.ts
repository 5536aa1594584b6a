import { type Token, tokensOf } from './tokens.ts'

/** The lines of a source on which something is claimed to be of a type: `value as Type`, not `as const`. */
export function castsIn(source: string): number[] {
  const tokens = tokensOf(source)
  const inNames = namesOfModules(tokens)
  return tokens.flatMap((token, index) => (isCast(tokens, index) && !inNames.has(index) ? [token.line] : []))
}

function isCast(tokens: readonly Token[], index: number): boolean {
  const [before, token, after] = [tokens[index - 1], tokens[index], tokens[index + 1]]
  if (token?.kind !== 'word' || token.text !== 'as' || !before || !after) return false
  if (after.text === 'const' || (after.kind === 'mark' && !/[{[(]/.test(after.text))) return false
  return endsValue(tokens, index - 1)
}

/** Whether a value ends here, if need be with `!`. */
function endsValue(tokens: readonly Token[], index: number): boolean {
  const token = tokens[index]
  if (token?.kind !== 'mark') return token !== undefined
  return token.text === '!' ? endsValue(tokens, index - 1) : /[)\]}]/.test(token.text)
}

/** The places within `import { … }` and `export { … }`, where `as` renames. */
function namesOfModules(tokens: readonly Token[]): Set<number> {
  const places = new Set<number>()
  for (const [index, { text }] of tokens.entries()) {
    if (text !== 'import' && text !== 'export') continue
    const open = index + (tokens[index + 1]?.text === 'type' ? 2 : 1)
    if (tokens[open]?.text !== '{') continue
    for (let place = open; tokens[place] && tokens[place]?.text !== '}'; place += 1) places.add(place)
  }
  return places
}
