import { parseArgs } from 'node:util'
import { startPostgresCluster } from '../postgres-cluster.ts'

// npm run fuzz: sends generated requests to a server of its own until one gets a forbidden answer. Ends with 1 then.

const HELP = `npm run fuzz -- [--requests N] [--seed N] [--database NAME …]

  --requests  how many to each database; default: 1000000
  --seed      what is generated follows from it; default: drawn
  --database  sqlite, postgres; default: both`

/** Lines that tell how far it is. Unit: milliseconds. */
const TELL_EVERY_MS = 10_000

const { values: options } = parseArgs({
  options: {
    requests: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 1_000_000)) },
    database: { type: 'string', multiple: true, default: ['sqlite', 'postgres'] },
    help: { type: 'boolean', default: false },
  },
})
const [requests, seed] = [Number(options.requests), Number(options.seed)]
if (options.help || !Number.isInteger(requests) || requests < 1 || !Number.isInteger(seed)) {
  console.log(HELP)
  process.exit(options.help ? 0 : 1)
}

const given = process.env.TEST_DATABASE_URL
const needsPostgres = options.database.includes('postgres') && !given
const cluster = needsPostgres ? await startPostgresCluster() : undefined
if (cluster) process.env.TEST_DATABASE_URL = cluster.url
try {
  process.exitCode = (await main()) ? 0 : 1
} finally {
  await cluster?.stop()
}

/** @returns whether every answer was allowed */
async function main(): Promise<boolean> {
  // Which databases there are is read from the environment.
  const { DATABASES } = await import('../databases.ts')
  const { fuzz } = await import('./fuzz.ts')
  const kinds = DATABASES.filter(({ name }) => options.database.includes(name))
  if (kinds.length < options.database.length) {
    console.error(
      'Not every database that is asked for is there: sqlite always is, postgres where the machine has one.',
    )
    return false
  }
  for (const kind of kinds) {
    console.log(`${requests} requests on ${kind.name}, --seed ${seed}`)
    let toldAt = performance.now()
    const onProgress = (answered: number) => {
      if (performance.now() - toldAt < TELL_EVERY_MS) return
      toldAt = performance.now()
      console.log(`${answered} answered`)
    }
    const { tally, durationMs, failure } = await fuzz(kind, { requests, seed, onProgress })
    const perSecond = Math.round((tally.answered / durationMs) * 1000)
    console.log(`${tally}\n\n${tally.answered} answered, ${tally.valid} of them valid; ${perSecond} a second`)
    if (failure) {
      console.error(`\n${failure}`)
      return false
    }
  }
  return true
}
