import { parseArgs } from 'node:util'
import { DATABASE_NAMES } from './databases.ts'
import { growthOfAccounts, growthOfApplications } from './growth/growth.ts'
import { runMeasures } from './run-measures.ts'

/** A quarter of a machine with 4 GB, as PostgreSQL's manual recommends; its default of 128 MB holds no large database. */
const SHARED_BUFFERS_MB = 1024

const HELP = `npm run bench:growth -- [--only NAME …] [--applications N] [--accounts N] [--rounds N] [--database NAME …] [--json]

  --only          applications, accounts; default: both
  --applications  of the large database; default: 1000000, which is about 1 GB
  --accounts      of the large database; default: 10000
  --rounds        alternating rounds of each comparison; default: 10
  --database      ${DATABASE_NAMES.join(', ')}; default: both
  --json          the figures alone, in JSON

What each job keeps of its rate in a small database (1000 applications, 10 accounts). BENCH_SERVER=FOLDER measures the
server of another checkout.`

const { values: options } = parseArgs({
  options: {
    only: { type: 'string', multiple: true },
    applications: { type: 'string', default: '1000000' },
    accounts: { type: 'string', default: '10000' },
    rounds: { type: 'string', default: '10' },
    database: { type: 'string', multiple: true, default: [...DATABASE_NAMES] },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})
const [rounds, applications, accounts] = [options.rounds, options.applications, options.accounts].map(Number)
const areCounts = [rounds, applications, accounts].every((count) => Number.isInteger(count) && Number(count) > 0)
const measures = [growthOfApplications(Number(applications)), growthOfAccounts(Number(accounts))].filter(
  ({ name }) => !options.only || options.only.includes(name),
)
if (options.help || !areCounts || measures.length === 0) {
  console.log(HELP)
  process.exit(options.help ? 0 : 1)
}
await runMeasures(measures, {
  rounds: Number(rounds),
  names: options.database,
  json: options.json,
  sharedBuffersMb: SHARED_BUFFERS_MB,
})
