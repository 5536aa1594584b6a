import { join } from 'node:path'
import type { Place } from '../server/test/databases.ts'
import type { BenchDatabase } from './databases.ts'
import { compareLoads, LoadClient } from './load.ts'
import type { Figure, Settings } from './measure.ts'
import type { ServerProcess } from './processes.ts'
import { takeTurns } from './statistics.ts'

const ROUND_MS = 1000
const WARM_UP_MS = 2000

/** How a database is written to by hand, by the name that `by-hand/main.ts` knows. */
export const handsOf = ({ name }: BenchDatabase): readonly string[] =>
  name === 'sqlite' ? ['sqlite-single', 'sqlite-group'] : ['postgres']

/** What `by-hand/main.ts` opens. */
export const targetOf = ({ databaseUrl, dataDir }: Place): string => databaseUrl ?? join(dataDir, 'shenpi.db')

/** A server, and the requests that it is to answer. */
interface Contestant {
  server: ServerProcess
  next: () => string
}

/** How fast we write beside the same statements by hand. @param hand one of {@link handsOf} */
export async function compareWrites(
  what: string,
  hand: string,
  contestants: { ours: Contestant; byHand: Contestant },
  { rounds }: Settings,
): Promise<Figure> {
  const { ours, byHand } = contestants
  using our = await LoadClient.open(ours.server)
  using their = await LoadClient.open(byHand.server)
  await our.run(ours.next, WARM_UP_MS)
  await their.run(byHand.next, WARM_UP_MS)
  const [ourLoads = [], theirLoads = []] = await takeTurns(rounds, [
    () => our.run(ours.next, ROUND_MS),
    () => their.run(byHand.next, ROUND_MS),
  ])
  const { ratio, detail } = compareLoads(ourLoads, theirLoads, 'by hand')
  const measure = `${what}, by hand ${hand === 'sqlite-group' ? 'in groups' : 'one transaction each'}`
  return { measure, value: ratio, unit: 'ratio', bar: { atLeast: 0.5 }, detail }
}
