import { migrate } from '../server/src/db/migrate.ts'
import { openDatabase } from '../server/src/db/open.ts'
import { type CitusCluster, startCitusCluster } from '../server/test/citus-cluster.ts'
import type { Place } from '../server/test/databases.ts'
import type { PostgresCluster } from '../server/test/postgres-cluster.ts'
import { ROUND, WARM_UP } from './costs/beside-baseline.ts'
import { CATEGORIES, startSubmissions } from './costs/submission.ts'
import { type BenchDatabase, lay, newPlace } from './databases.ts'
import { compareLoads, LoadClient, toRequest } from './load.ts'
import type { Figure, Measure, Settings } from './measure.ts'
import type { ServerProcess } from './processes.ts'
import { takeTurns } from './statistics.ts'
import { submit } from './submissions.ts'

const STATUS_RATE_MIN = 0.12
const SUBMISSION_RATE_MIN = 0.25

/** Of a table, one on each worker: a statement of one account asks one of them, and each takes time to make. */
const SHARDS = 2

/**
 * What a status query and a submission lose where a coordinator with two workers takes the place of one PostgreSQL: on one
 * machine they can only cost.
 */
export const citus: Measure = {
  name: 'citus',
  byNameAlone: true,
  async run(database, settings) {
    if (!database.cluster) return []
    const cluster = await startCitusCluster({ durable: true })
    if (!cluster) {
      console.error('Citus is left out: this machine’s PostgreSQL has no extension citus.')
      return []
    }
    try {
      return await besidePostgres(cluster, database, settings)
    } finally {
      await cluster.stop()
    }
  },
}

async function besidePostgres(cluster: CitusCluster, database: BenchDatabase, settings: Settings): Promise<Figure[]> {
  await using citusPlace = await newPlace(cluster.url)
  await placeTables(citusPlace)
  await using plainPlace = await database.place()
  await using onCitus = await startContestant(citusPlace, [cluster.coordinator, ...cluster.workers])
  await using plain = await startContestant(plainPlace, database.cluster ? [database.cluster] : [])
  return [
    ...(await compare('status query', STATUS_RATE_MIN, [onCitus.queries, plain.queries], settings)),
    ...(await compare('submission', SUBMISSION_RATE_MIN, [onCitus.submissions, plain.submissions], settings)),
  ]
}

/** As `shenpi migrate` does: a server would have to be ready in less time. */
async function placeTables(place: Place): Promise<void> {
  await lay(place, `alter database postgres set citus.shard_count = ${SHARDS}`)
  const db = await openDatabase({ databaseUrl: place.databaseUrl, sqlitePath: '' })
  await migrate(db)
  await db.destroy()
}

/** Requests to a server. */
interface Requests {
  server: ServerProcess
  /** Whose processor time counts beside the server's own. */
  nodes: readonly PostgresCluster[]
  next: () => string
}

/** A server with applicants who ask and apply in turn. */
async function startContestant(place: Place, nodes: readonly PostgresCluster[]) {
  const { server, applicants, next } = await startSubmissions(place)
  const queries: string[] = []
  for (const applicant of applicants) {
    // The last category: applications under load begin with the first.
    const audit_id = await submit(server.url, applicant, CATEGORIES - 1)
    queries.push(toRequest(`/shop/audit/result?access_token=${applicant.token}`, { audit_id }))
  }
  let asked = 0
  const nextQuery = () => {
    asked += 1
    return queries[asked % queries.length] as string
  }
  return {
    queries: { server, nodes, next: nextQuery },
    submissions: { server, nodes, next },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}

async function compare(
  what: string,
  atLeast: number,
  [onCitus, plain]: [Requests, Requests],
  { rounds }: Settings,
): Promise<Figure[]> {
  using first = await LoadClient.open(onCitus.server, undefined, ...onCitus.nodes)
  using second = await LoadClient.open(plain.server, undefined, ...plain.nodes)
  await first.run(onCitus.next, WARM_UP * 1000)
  await second.run(plain.next, WARM_UP * 1000)
  const [ours = [], theirs = []] = await takeTurns(rounds, [
    () => first.run(onCitus.next, ROUND * 1000),
    () => second.run(plain.next, ROUND * 1000),
  ])
  const { ratio, cpuRatio, detail } = compareLoads(ours, theirs, 'one PostgreSQL')
  const measure = `${what} on Citus to one PostgreSQL`
  return [
    { measure, value: ratio, unit: 'ratio', bar: { atLeast }, detail },
    { measure: `${measure}, processor’s time`, value: cpuRatio, unit: 'ratio', detail: 'of the server and all nodes' },
  ]
}
