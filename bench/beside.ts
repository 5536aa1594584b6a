import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { Place } from '../server/test/databases.ts'
import type { Contestant } from './costs/beside-baseline.ts'
import { startDecisions } from './costs/decision.ts'
import { startSubmissions } from './costs/submission.ts'
import { type BenchDatabase, DATABASE_NAMES } from './databases.ts'
import { LoadClient } from './load.ts'
import type { Figure, Measure } from './measure.ts'
import { CHECKOUT, startShenpi } from './processes.ts'
import { settledKb } from './resident-memory.ts'
import { runMeasures } from './run-measures.ts'
import { median, takeTurns } from './statistics.ts'

// npm run bench:beside -- FOLDER: this checkout beside another one, in pairs: starts, idle memory, what writes cost.

const HELP = `npm run bench:beside -- FOLDER [--only NAME …] [--rounds N] [--database NAME …]

  FOLDER      another checkout, with its packages installed
  --only      start, memory, submission, decision; default: all
  --rounds    alternating rounds; default: 11
  --mode      sandbox, production; default: sandbox
  --database  ${DATABASE_NAMES.join(', ')}; default: both`

/** The bars of what staff and the console may add. */
const START_MS_MAX = 20
const MEMORY_MB_MAX = 3
const COST_MAX = 1.1
/** Unit: milliseconds. */
const ROUND_MS = 1000
const MEMORY_ROUNDS_MAX = 5
/** No server here decides or takes more in a round and its share of the warm-up. */
const WRITES_PER_ROUND_MAX = 6000

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: 'string', multiple: true, default: ['start', 'memory', 'submission', 'decision'] },
    rounds: { type: 'string', default: '11' },
    mode: { type: 'string', default: 'sandbox' },
    database: { type: 'string', multiple: true, default: [...DATABASE_NAMES] },
  },
})
const [folder] = positionals
if (!folder) {
  console.log(HELP)
  process.exit(1)
}
/** This one first. */
const checkouts = [CHECKOUT, resolve(folder)]
/** In production nothing is open that nobody has approved. */
const env: Record<string, string> = values.mode === 'sandbox' ? {} : { MODE: values.mode, SANDBOX_APPROVE: '' }

const start: Measure = {
  name: 'start',
  async run(database, { rounds }) {
    const starts = checkouts.map((checkout) => async () => {
      await using place = await migratedPlace(database, checkout)
      await using server = await startShenpi(place, env, checkout)
      return server.readyAfterMs
    })
    return [difference('start, migrated, beside the other', 'ms', START_MS_MAX, await takeTurns(rounds, starts))]
  },
}

const memory: Measure = {
  name: 'memory',
  async run(database, { rounds }) {
    const sizes = checkouts.map((checkout) => async () => {
      await using place = await migratedPlace(database, checkout)
      await using server = await startShenpi(place, env, checkout)
      return (await settledKb(server.pid)) / 1024
    })
    const turns = await takeTurns(Math.min(rounds, MEMORY_ROUNDS_MAX), sizes)
    return [difference('idle memory beside the other', 'MB', MEMORY_MB_MAX, turns)]
  },
}

const submission: Measure = {
  name: 'submission',
  run: (database, { rounds }) =>
    cost('submission with a picture', database, rounds, (place, checkout) =>
      startSubmissions(place, { checkout, env }),
    ),
}

const decision: Measure = {
  name: 'decision',
  run: (database, { rounds }) =>
    cost('decision by a key', database, rounds, (place, checkout) =>
      startDecisions(place, (rounds + 2) * WRITES_PER_ROUND_MAX, { checkout, env }),
    ),
}

/** As a server finds it at every start but the first. */
async function migratedPlace(database: BenchDatabase, checkout: string): Promise<Place> {
  const place = await database.place()
  await (await startShenpi(place, env, checkout))[Symbol.asyncDispose]()
  return place
}

/** The median of the rounds' differences, ours less theirs. */
function difference(measure: string, unit: 'ms' | 'MB', atMost: number, [ours = [], theirs = []]: number[][]): Figure {
  const value = median(ours.map((our, round) => our - (theirs[round] as number)))
  const detail = `${median(ours).toFixed(1)} : ${median(theirs).toFixed(1)} ${unit}`
  return { measure, value, unit, bar: { atMost }, detail }
}

/** The processor's time of a request, PostgreSQL's included, ours by theirs: the median of the rounds' ratios. */
async function cost(
  measure: string,
  database: BenchDatabase,
  rounds: number,
  open: (place: Place, checkout: string) => Promise<Contestant & AsyncDisposable>,
): Promise<Figure[]> {
  await using stack = new AsyncDisposableStack()
  const contestants: (() => Promise<number>)[] = []
  for (const checkout of checkouts) {
    const place = stack.use(await database.place())
    const { server, next, sign } = stack.use(await open(place, checkout))
    const client = stack.use(await LoadClient.open(server, sign, database.cluster))
    await client.run(next, 2 * ROUND_MS)
    contestants.push(async () => (await client.run(next, ROUND_MS)).cpuUs)
  }
  const [ours = [], theirs = []] = await takeTurns(rounds, contestants)
  const value = median(ours.map((our, round) => our / (theirs[round] as number)))
  const detail = `${median(ours).toFixed(0)} : ${median(theirs).toFixed(0)} µs`
  return [
    { measure: `${measure}, processor time to the other’s`, value, unit: 'ratio', bar: { atMost: COST_MAX }, detail },
  ]
}

const measures = [start, memory, submission, decision].filter(({ name }) => values.only.includes(name))
await runMeasures(measures, { rounds: Number(values.rounds), names: values.database, json: false })
