import { parseArgs } from 'node:util'
import { batchSize } from './batch-size.ts'
import { bindPages } from './bind-pages.ts'
import { costs } from './costs/costs.ts'
import { type BenchDatabase, DATABASE_NAMES, openDatabases } from './databases.ts'
import { decisionToReceiver } from './decision-to-receiver.ts'
import { type Figure, isMet, type Measure } from './measure.ts'
import { search } from './search.ts'
import { shake } from './shake.ts'
import { coldStart, idleMemory } from './start.ts'
import { statusQuery } from './status-query.ts'
import { durableSubmit } from './submit.ts'

const MEASURES: readonly Measure[] = [
  statusQuery,
  shake,
  search,
  durableSubmit,
  costs,
  bindPages,
  batchSize,
  decisionToReceiver,
  coldStart,
  idleMemory,
]

const HELP = `npm run bench -- [--only NAME …] [--rounds N] [--database NAME …] [--json]

  --only      ${MEASURES.map(({ name }) => name).join(', ')}; default: all
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
const measures = MEASURES.filter(({ name }) => !options.only || options.only.includes(name))
if (options.help || !Number.isInteger(rounds) || rounds < 1 || measures.length === 0) {
  console.log(HELP)
  process.exit(options.help ? 0 : 1)
}

/** A line of the table: one figure on each database. */
type Row = Map<BenchDatabase['name'], Figure>

const rows = new Map<string, Row>()
const { databases, close } = await openDatabases(options.database, console.error)
try {
  for (const measure of measures) {
    for (const database of databases) {
      console.error(`${measure.name} on ${database.title} …`)
      for (const figure of await measure.run(database, { rounds })) {
        const row = rows.get(figure.measure) ?? new Map()
        rows.set(figure.measure, row.set(database.name, figure))
      }
    }
  }
} finally {
  await close()
}
if (options.json) {
  const figures = [...rows.values()].flatMap((row) =>
    [...row].map(([database, figure]) => ({ database, ...figure, met: isMet(figure) })),
  )
  console.log(JSON.stringify({ rounds, figures }, null, 2))
} else {
  printTable()
}

function printTable(): void {
  const lines = [...rows].map(([measure, row]) => {
    const figures = [...row.values()]
    const met = figures.map(isMet).filter((is) => is !== undefined)
    return [
      measure,
      ...databases.map(({ name }) => show(row.get(name))),
      [...new Set(figures.map(showBar))].join(', '),
      met.map((is) => (is ? 'yes' : 'NO')).join(', '),
      databases.map(({ name }) => row.get(name)?.detail ?? '–').join(' | '),
    ]
  })
  const head = [
    'measure',
    ...databases.map(({ title }) => title),
    'bar',
    'met?',
    'behind it (noise on a shared machine)',
  ]
  const widths = head.map((title, column) =>
    Math.max(...[head, ...lines].map((line) => line[column]?.length ?? 0), title.length),
  )
  for (const line of [head, widths.map((width) => '-'.repeat(width)), ...lines]) {
    console.log(
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join(' | ')
        .trimEnd(),
    )
  }
  const missed = [...rows].flatMap(([measure, row]) =>
    databases
      .filter(({ name }) => row.has(name) && isMet(row.get(name) as Figure) === false)
      .map(({ title }) => `${measure} on ${title}`),
  )
  console.log(missed.length === 0 ? '\nEvery bar is met.' : `\nMissed: ${missed.join('; ')}.`)
}

function show(figure: Figure | undefined): string {
  if (!figure) return '–'
  if (figure.unit === 'ratio') return figure.value.toFixed(2)
  return figure.unit === 'count'
    ? figure.value.toFixed(1)
    : `${figure.value.toFixed(figure.unit === 'ms' && figure.value < 100 ? 1 : 0)} ${figure.unit}`
}

function showBar(figure: Figure | undefined): string {
  if (!figure?.bar) return ''
  const unit = figure.unit === 'ratio' || figure.unit === 'count' ? '' : ` ${figure.unit}`
  return 'atLeast' in figure.bar ? `≥ ${figure.bar.atLeast}${unit}` : `≤ ${figure.bar.atMost}${unit}`
}
