import { parseArgs } from 'node:util'
import { startPostgresCluster } from '../../../server/test/postgres-cluster.ts'
import { layTemplates } from '../../../server/test/templates.ts'
import { checkPrograms } from './check-programs.ts'
import { onPostgres, onSqlite, type Place } from './places.ts'

// npm run programs: runs random programs in sandboxes beside a model until one goes otherwise. Ends with 1 then.

const HELP = `npm run programs -- [--count N] [--seed N] [--database NAME]

  --count     how many programs; default: 10000
  --seed      what is generated follows from it; default: drawn
  --database  sqlite, or postgres; default: sqlite`

/** Lines that tell how far it is. Unit: milliseconds. */
const TELL_EVERY_MS = 10_000

const { values: options } = parseArgs({
  options: {
    count: { type: 'string', default: '10000' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 1_000_000)) },
    database: { type: 'string', default: 'sqlite' },
    help: { type: 'boolean', default: false },
  },
})
const [count, seed] = [Number(options.count), Number(options.seed)]
const isValid = Number.isInteger(count) && count > 0 && Number.isInteger(seed)
if (options.help || !isValid || !['sqlite', 'postgres'].includes(options.database)) {
  console.log(HELP)
  process.exit(options.help ? 0 : 1)
}

process.exitCode = (await (options.database === 'sqlite' ? check(onSqlite) : checkOnPostgres())) ? 0 : 1

/** On the server of `TEST_DATABASE_URL`, or on one of its own. */
async function checkOnPostgres(): Promise<boolean> {
  const cluster = process.env.TEST_DATABASE_URL ? undefined : await startPostgresCluster()
  if (cluster) process.env.TEST_DATABASE_URL = cluster.url
  try {
    const templates = await layTemplates()
    return await check(onPostgres(templates.env.TEST_POSTGRES_TEMPLATE)).finally(templates.drop)
  } finally {
    await cluster?.stop()
  }
}

/** @returns whether all went as the model says */
async function check(place: Place): Promise<boolean> {
  console.log(`${count} programs on ${options.database}, each twice, --seed ${seed}`)
  const startedAt = Date.now()
  let toldAt = startedAt
  const onProgress = (done: number) => {
    if (Date.now() - toldAt < TELL_EVERY_MS) return
    toldAt = Date.now()
    console.log(`${done} done`)
  }
  try {
    await checkPrograms(place, { count, seed, onProgress })
    console.log(`all as the model says, in ${((Date.now() - startedAt) / 1000).toFixed(0)} s`)
    return true
  } catch (error) {
    console.error(error)
    return false
  }
}
