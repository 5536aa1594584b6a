import { join } from 'node:path'
import type { Place } from '../server/test/databases.ts'
import type { BenchDatabase } from './databases.ts'
import { compareLoads, LoadClient } from './load.ts'
import type { Figure, Settings } from './measure.ts'
import type { ServerProcess } from './processes.ts'
import { takeTurns } from './statistics.ts'

const ROUND_MS = 1000
const WARM_UP_MS = 2000

/** The ways of writing to a database that `baseline/main.ts` knows, by name. */
export const baselineKindsOf = ({ name }: BenchDatabase): readonly string[] =>
  name === 'sqlite' ? ['sqlite-single', 'sqlite-group'] : ['postgres']

/** The database that `baseline/main.ts` opens. */
export const targetOf = ({ databaseUrl, dataDir }: Place): string => databaseUrl ?? join(dataDir, 'shenpi.db')

/** A server, and the requests that it is to answer. */
interface Contestant {
  server: ServerProcess
  next: () => string
}

/** How fast we write beside the baseline. @param kind one of {@link baselineKindsOf} */
export async function compareWrites(
  what: string,
  kind: string,
  contestants: { ours: Contestant; baseline: Contestant },
  { rounds }: Settings,
): Promise<Figure> {
  const { ours, baseline } = contestants
  using our = await LoadClient.open(ours.server)
  using their = await LoadClient.open(baseline.server)
  await our.run(ours.next, WARM_UP_MS)
  await their.run(baseline.next, WARM_UP_MS)
  const [ourLoads = [], theirLoads = []] = await takeTurns(rounds, [
    () => our.run(ours.next, ROUND_MS),
    () => their.run(baseline.next, ROUND_MS),
  ])
  const { ratio, detail } = compareLoads(ourLoads, theirLoads, 'baseline')
  const measure = `${what} to the baseline, ${kind === 'sqlite-group' ? 'in groups' : 'one transaction each'}`
  return { measure, value: ratio, unit: 'ratio', bar: { atLeast: 0.5 }, detail }
}
