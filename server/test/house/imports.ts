import { dirname, join } from 'node:path'
import type { Source } from './sources.ts'
import { type Token, tokensOf } from './tokens.ts'

export interface Import {
  from: string
  to: string
}

/** What a file imports, types included: `from '…'`, `import('…')`, `import '…'`. */
export function specifiersOf(source: string): string[] {
  const tokens = tokensOf(source)
  return tokens.flatMap((token, index) =>
    token.kind === 'text' && isSpecifier(tokens, index) ? token.text.slice(1, -1) : [],
  )
}

function isSpecifier(tokens: readonly Token[], index: number): boolean {
  const before = tokens[index - 1]
  if (before?.text === 'from' || before?.text === 'import') return true
  return before?.text === '(' && tokens[index - 2]?.text === 'import'
}

/** The imports of one file by another of ours. What comes from a package stands as it is imported. */
export function importsOf(sources: readonly Source[]): Import[] {
  return sources.flatMap(({ path, text }) =>
    specifiersOf(text).map((specifier) => ({
      from: path,
      to: specifier.startsWith('.') ? join(dirname(path), specifier) : specifier,
    })),
  )
}

/** A way that leads back to where it began; empty where there is none. */
export function circleIn(imports: readonly Import[]): string[] {
  const next = Map.groupBy(imports, ({ from }) => from)
  const done = new Set<string>()
  const visit = (place: string, way: readonly string[]): string[] => {
    if (way.includes(place)) return [...way.slice(way.indexOf(place)), place]
    if (done.has(place)) return []
    for (const { to } of next.get(place) ?? []) {
      const circle = visit(to, [...way, place])
      if (circle.length > 0) return circle
    }
    done.add(place)
    return []
  }
  for (const place of next.keys()) {
    const circle = visit(place, [])
    if (circle.length > 0) return circle
  }
  return []
}
