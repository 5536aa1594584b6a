import type { BenchDatabase } from '../databases.ts'
import { compareLoads, LoadClient } from '../load.ts'
import type { Figure, Settings } from '../measure.ts'
import { type Shenpi, startShenpi } from '../processes.ts'
import { takeTurns } from '../statistics.ts'
import { batchStatuses, type Job, jobsOf } from './jobs.ts'
import type { World } from './world.ts'

const ROUND_MS = 500
/**
 * Rounds that do not count, until pages of a large database are in memory, as they are after a day. Both servers take turns
 * already: one that waits for longer lets go of connections, and each new one of PostgreSQL maps the pages again.
 */
const WARM_UP_ROUNDS = 10
/** Of its rate in a small database each job keeps so much in a large one. */
export const RATE_MIN = 0.8

/** Of each job the answers for the same processor's time in a large database, against those in a small one. */
export async function compareJobs(
  database: BenchDatabase,
  { small, large, what }: { small: World; large: World; what: string },
  { rounds }: Settings,
): Promise<Figure[]> {
  await using first = await startShenpi(large.place)
  await using second = await startShenpi(small.place)
  const smallJobs = jobsOf(small, second)
  const bar = { atLeast: RATE_MIN }
  const figures: Figure[] = []
  await callOnce(first, large)
  await callOnce(second, small)
  for (const [index, job] of jobsOf(large, first).entries()) {
    using ours = await opened(database, first, job)
    using theirs = await opened(database, second, smallJobs[index] as Job)
    const contestants = [() => ours.run(), () => theirs.run()]
    await takeTurns(WARM_UP_ROUNDS, contestants)
    const [larges = [], smalls = []] = await takeTurns(rounds, contestants)
    const { ratio, cpuRatio, detail } = compareLoads(larges, smalls, 'small')
    const measure = `${job.name}, ${what}`
    console.error(`  ${measure}: ${cpuRatio.toFixed(2)}`)
    figures.push({ measure, value: cpuRatio, unit: 'ratio', bar, detail: `${detail}, rate ${ratio.toFixed(2)}` })
  }
  return figures
}

/** An account's first call reads what later ones know; before anything is measured each has made it. */
async function callOnce(server: Shenpi, world: World): Promise<void> {
  using client = await LoadClient.open(server)
  const next = batchStatuses(world)
  for (let answers = 0; answers < world.accounts; ) answers += (await client.run(next, 1000)).answers
}

async function opened(database: BenchDatabase, server: Shenpi, { next, sign, prepare }: Job) {
  await prepare?.()
  const client = await LoadClient.open(server, sign, database.cluster)
  return { run: () => client.run(next, ROUND_MS), [Symbol.dispose]: () => client[Symbol.dispose]() }
}
