import type { Place } from '../../server/test/databases.ts'
import type { BenchDatabase } from '../databases.ts'
import { LoadClient } from '../load.ts'
import type { Figure } from '../measure.ts'
import { type Contestant, ROUND } from './beside-baseline.ts'
import { type Counted, startCountingProxy } from './counting-proxy.ts'
import { startDecisions } from './decision.ts'
import { startSubmissions } from './submission.ts'

const DECISIONS_MAX = 50_000

/** What a submission and a decision send to PostgreSQL, and what serves them beside it, such as claims of the queues. */
export async function countStatements(database: BenchDatabase): Promise<Figure[]> {
  if (!database.cluster) return []
  return [
    await count('submission', database, startSubmissions),
    await count('decision', database, (place) => startDecisions(place, DECISIONS_MAX)),
  ]
}

async function count(
  what: string,
  database: BenchDatabase,
  start: (place: Place) => Promise<Contestant & AsyncDisposable>,
): Promise<Figure> {
  await using place = await database.place()
  await using proxy = await startCountingProxy(place.databaseUrl)
  await using contestant = await start({ ...place, databaseUrl: proxy.databaseUrl })
  using client = await LoadClient.open(contestant.server, contestant.sign)
  await client.run(contestant.next, ROUND * 1000)
  const before = { ...proxy.counted }
  const { answers } = await client.run(contestant.next, ROUND * 1000)
  const each = (of: keyof Counted) => (proxy.counted[of] - before[of]) / answers
  return {
    measure: `${what}, statements sent to PostgreSQL`,
    value: each('statements'),
    unit: 'count',
    detail: `in ${each('writes').toFixed(1)} pieces, ${each('parsed').toFixed(2)} of them not prepared`,
  }
}
