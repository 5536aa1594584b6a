/** @param share 0.5 for the median, 0.99 for what one in a hundred exceeds */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  const value = sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)]
  if (value === undefined) throw new RangeError('no values')
  return value
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length / 2
  const upper = sorted[Math.floor(middle)]
  const lower = sorted[Math.ceil(middle) - 1]
  if (upper === undefined || lower === undefined) throw new RangeError('no values')
  return (lower + upper) / 2
}

/** The measurements of two contestants, round by round. */
export interface Pairs {
  /** The median of each round's ratio, first by second: what the machine does meanwhile meets both. */
  ratio: number
  first: number
  second: number
}

/** Measure two contestants in turn. */
export async function pair(
  rounds: number,
  measureFirst: () => Promise<number>,
  measureSecond: () => Promise<number>,
): Promise<Pairs> {
  const [firsts = [], seconds = []] = await takeTurns(rounds, [measureFirst, measureSecond])
  const ratios = firsts.map((first, round) => first / (seconds[round] as number))
  return { ratio: median(ratios), first: median(firsts), second: median(seconds) }
}

/**
 * Measure contestants in turn, every other round backwards, so that nobody always comes after the same neighbour.
 *
 * @returns what each contestant measured, round by round
 */
export async function takeTurns<T>(rounds: number, contestants: readonly (() => Promise<T>)[]): Promise<T[][]> {
  const measured = contestants.map((): T[] => [])
  for (let round = 0; round < rounds; round += 1) {
    const turns = [...contestants.entries()]
    for (const [index, measure] of round % 2 === 0 ? turns : turns.reverse()) {
      measured[index]?.push(await measure())
    }
  }
  return measured
}
