/** Shorter names are too near to those of other programs: NODE and MODE, HOME and HOST. */
const SHORTEST = 7
/** From this length on two letters may be wrong. */
const LONG = 12

/**
 * Names in the environment that are almost those of settings, which would otherwise be ignored. A setting that is set under
 * its own name is not proposed.
 */
export function misspelt(env: Readonly<Record<string, string | undefined>>, known: ReadonlySet<string>): string[] {
  const missing = [...known].filter((name) => name.length >= SHORTEST && !env[name])
  return Object.keys(env).flatMap((name) => {
    if (!env[name] || known.has(name)) return []
    const meant = missing.find((setting) => distance(name.toUpperCase(), setting) <= (setting.length < LONG ? 1 : 2))
    return meant ? [`${name}: there is no such setting, is ${meant} meant?`] : []
  })
}

/** Letters to put in, leave out, replace or swap with their neighbour to make one text of the other. */
function distance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 2) return Number.POSITIVE_INFINITY
  const rows = [Array.from({ length: b.length + 1 }, (_, column) => column)]
  const at = (row: number, column: number) => rows[row]?.[column] ?? 0
  for (let row = 1; row <= a.length; row += 1) {
    rows.push([row])
    for (let column = 1; column <= b.length; column += 1) {
      const isSame = a[row - 1] === b[column - 1]
      const isSwapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]
      rows[row]?.push(
        Math.min(
          at(row - 1, column) + 1,
          at(row, column - 1) + 1,
          at(row - 1, column - 1) + (isSame ? 0 : 1),
          isSwapped ? at(row - 2, column - 2) + 1 : Number.POSITIVE_INFINITY,
        ),
      )
    }
  }
  return at(a.length, b.length)
}
