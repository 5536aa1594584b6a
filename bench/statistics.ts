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

/** What two contestants measured, round by round. */
export interface Pairs {
  /** The median of each round's ratio, first by second: what the machine does meanwhile meets both. */
  ratio: number
  first: number
  second: number
}

/** Measure two contestants in turn, the one that begins changing from round to round. */
export async function pair(
  rounds: number,
  measureFirst: () => Promise<number>,
  measureSecond: () => Promise<number>,
): Promise<Pairs> {
  const firsts: number[] = []
  const seconds: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    const isFirstsTurn = round % 2 === 0
    if (isFirstsTurn) firsts.push(await measureFirst())
    seconds.push(await measureSecond())
    if (!isFirstsTurn) firsts.push(await measureFirst())
  }
  const ratios = firsts.map((first, round) => first / (seconds[round] as number))
  return { ratio: median(ratios), first: median(firsts), second: median(seconds) }
}
