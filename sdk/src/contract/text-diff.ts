/** A piece of two texts, in order: what both have, what only the old one has, what only the new one has. */
export interface DiffPiece {
  in: 'both' | 'old' | 'new'
  text: string
}

/** So many pieces may differ before the rest counts as one change. Time and memory grow with its square. */
const CHANGES_MAX = 300

/** A word where words are written apart, one character where they are not, with the marks that belong to it. */
const TOKEN = /(?:(?![\p{sc=Han}\p{sc=Hira}\p{sc=Kana}])[\p{L}\p{N}]\p{M}*)+|\P{M}?\p{M}*/gsu

const tokensOf = (text: string): string[] => text.match(TOKEN)?.filter((token) => token !== '') ?? []

/**
 * What differs between two texts: words in Latin text, characters in Chinese. The cost is bounded: of texts that differ too
 * much the whole of what lies between their like ends is told as one change.
 *
 * @example
 * diffTexts('三里屯店', '五道口店') // [{ in: 'old', text: '三里屯' }, { in: 'new', text: '五道口' }, { in: 'both', text: '店' }]
 */
export function diffTexts(oldText: string, newText: string): DiffPiece[] {
  const before = tokensOf(oldText)
  const after = tokensOf(newText)
  const shorter = Math.min(before.length, after.length)
  let head = 0
  while (head < shorter && before[head] === after[head]) head += 1
  let tail = 0
  while (tail < shorter - head && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1

  const middle = [before.slice(head, before.length - tail), after.slice(head, after.length - tail)] as const
  return joined([
    { in: 'both', text: before.slice(0, head).join('') },
    ...(shortestEdit(...middle) ?? wholesale(...middle)),
    { in: 'both', text: before.slice(before.length - tail).join('') },
  ])
}

const wholesale = (before: readonly string[], after: readonly string[]): DiffPiece[] => [
  { in: 'old', text: before.join('') },
  { in: 'new', text: after.join('') },
]

/** Myers' greedy search (1986), by the number of changes; undefined above {@link CHANGES_MAX}. */
function shortestEdit(before: readonly string[], after: readonly string[]): DiffPiece[] | undefined {
  /** For each number of changes, how far into `before` each diagonal reaches; a diagonal is `inBefore - inAfter`. */
  const reached: Map<number, number>[] = []
  let last = new Map([[1, 0]])
  for (let changes = 0; changes <= CHANGES_MAX; changes += 1) {
    const now = new Map<number, number>()
    for (let diagonal = -changes; diagonal <= changes; diagonal += 2) {
      const left = last.get(diagonal - 1) ?? -1
      const above = last.get(diagonal + 1) ?? -1
      let at = diagonal === -changes || (diagonal !== changes && left < above) ? above : left + 1
      while (at < before.length && at - diagonal < after.length && before[at] === after[at - diagonal]) at += 1
      now.set(diagonal, at)
      if (at >= before.length && at - diagonal >= after.length) return traceBack(before, after, [...reached, now])
    }
    reached.push(now)
    last = now
  }
  return undefined
}

function traceBack(
  before: readonly string[],
  after: readonly string[],
  reached: readonly ReadonlyMap<number, number>[],
): DiffPiece[] {
  const pieces: DiffPiece[] = []
  let at = before.length
  let diagonal = before.length - after.length
  for (let changes = reached.length - 1; changes > 0; changes -= 1) {
    const last = reached[changes - 1]
    const left = last?.get(diagonal - 1) ?? -1
    const above = last?.get(diagonal + 1) ?? -1
    const isAdded = diagonal === -changes || (diagonal !== changes && left < above)
    const start = isAdded ? above : left + 1
    for (; at > start; at -= 1) pieces.push({ in: 'both', text: before[at - 1] ?? '' })
    if (isAdded) pieces.push({ in: 'new', text: after[at - diagonal - 1] ?? '' })
    else pieces.push({ in: 'old', text: before[at - 1] ?? '' })
    at = isAdded ? above : left
    diagonal += isAdded ? 1 : -1
  }
  for (; at > 0; at -= 1) pieces.push({ in: 'both', text: before[at - 1] ?? '' })
  return pieces.reverse()
}

/** Neighbours in one piece; of one change what is old before what is new. */
function joined(pieces: readonly DiffPiece[]): DiffPiece[] {
  const whole: DiffPiece[] = []
  let change = { old: '', new: '' }
  let both = ''
  const close = () => {
    if (change.old) whole.push({ in: 'old', text: change.old })
    if (change.new) whole.push({ in: 'new', text: change.new })
    change = { old: '', new: '' }
  }
  for (const piece of pieces) {
    if (piece.text === '') continue
    if (piece.in === 'both') {
      close()
      both += piece.text
      continue
    }
    if (both) whole.push({ in: 'both', text: both })
    both = ''
    change[piece.in] += piece.text
  }
  close()
  if (both) whole.push({ in: 'both', text: both })
  return whole
}
