import { parseArgs } from 'node:util'
import { batchSize } from './batch-size.ts'
import { bindPages } from './bind-pages.ts'
import { citus } from './citus.ts'
import { consoleInBrowser } from './console.ts'
import { costs } from './costs/costs.ts'
import { dashboard } from './dashboard.ts'
import { DATABASE_NAMES } from './databases.ts'
import { decisionToReceiver } from './decision-to-receiver.ts'
import { kit } from './kit/kit.ts'
import type { Measure } from './measure.ts'
import { runMeasures } from './run-measures.ts'
import { search } from './search.ts'
import { sessionCheck } from './session-check.ts'
import { shake } from './shake.ts'
import { coldStart, idleMemory } from './start.ts'
import { statusQuery } from './status-query.ts'
import { durableSubmit } from './submit.ts'

const MEASURES: readonly Measure[] = [
  statusQuery,
  shake,
  sessionCheck,
  dashboard,
  search,
  durableSubmit,
  costs,
  bindPages,
  batchSize,
  decisionToReceiver,
  coldStart,
  idleMemory,
  consoleInBrowser,
  citus,
  kit,
]

const HELP = `npm run bench -- [--only NAME …] [--rounds N] [--database NAME …] [--json]

  --only      ${MEASURES.map(({ name }) => name).join(', ')}; default: all but console, citus, kit
  --rounds    alternating rounds of each comparison; default: 9
  --database  ${DATABASE_NAMES.join(', ')}; default: both
  --json      the figures alone, in JSON

BENCH_SERVER=FOLDER measures the server of another checkout.`

const { values: options } = parseArgs({
  options: {
    only: { type: 'string', multiple: true },
    rounds: { type: 'string', default: '9' },
    database: { type: 'string', multiple: true, default: [...DATABASE_NAMES] },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})
const rounds = Number(options.rounds)
const measures = MEASURES.filter(({ name, byNameAlone }) => options.only?.includes(name) ?? !byNameAlone)
if (options.help || !Number.isInteger(rounds) || rounds < 1 || measures.length === 0) {
  console.log(HELP)
  process.exit(options.help ? 0 : 1)
}

await runMeasures(measures, { rounds, names: options.database, json: options.json })
