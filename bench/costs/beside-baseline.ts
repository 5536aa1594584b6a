import type { BenchDatabase } from '../databases.ts'
import { compareLoads, LoadClient } from '../load.ts'
import type { Figure, Settings } from '../measure.ts'
import type { ServerProcess } from '../processes.ts'
import { median, takeTurns } from '../statistics.ts'

/** Unit: seconds. */
export const WARM_UP = 2
/** Unit: seconds a round. */
export const ROUND = 1
/** No server here answers more writes. */
const WRITES_PER_SECOND_MAX = 25_000

/** How `baseline/main.ts` writes on a database: on SQLite what arrives together shares an fsync, as with us. */
export const baselineOn = ({ name }: BenchDatabase): string => (name === 'sqlite' ? 'sqlite-group' : 'postgres')

/** How many writes a run of so many rounds may need. */
export const writesOf = ({ rounds }: Settings): number => (WARM_UP + rounds * ROUND) * WRITES_PER_SECOND_MAX

export interface Contestant {
  server: ServerProcess
  next: () => string
  /** What its successes contain. */
  sign?: string
}

/** Ratios to the baseline: of answers a second, and of the time that one in a hundred exceeds. */
export async function besideBaseline(
  what: string,
  database: BenchDatabase,
  { ours, baseline }: { ours: Contestant; baseline: Contestant },
  { rounds }: Settings,
): Promise<{ rate: Figure; p99: Figure }> {
  using our = await LoadClient.open(ours.server, ours.sign, database.cluster)
  using their = await LoadClient.open(baseline.server, baseline.sign, database.cluster)
  await our.run(ours.next, WARM_UP * 1000)
  await their.run(baseline.next, WARM_UP * 1000)
  const [ourLoads = [], theirLoads = []] = await takeTurns(rounds, [
    () => our.run(ours.next, ROUND * 1000),
    () => their.run(baseline.next, ROUND * 1000),
  ])
  const { ratio, detail } = compareLoads(ourLoads, theirLoads, 'baseline')
  const ourP99 = median(ourLoads.map(({ p99Ms }) => p99Ms))
  const theirP99 = median(theirLoads.map(({ p99Ms }) => p99Ms))
  return {
    rate: { measure: `${what} to the baseline’s one statement`, value: ratio, unit: 'ratio', detail },
    p99: {
      measure: `${what}, p99 to the baseline’s`,
      value: ourP99 / theirP99,
      unit: 'ratio',
      detail: `${ourP99.toFixed(1)} : ${theirP99.toFixed(1)} ms`,
    },
  }
}
