import { type BenchDatabase, openDatabases } from './databases.ts'
import { type Figure, isMet, type Measure, type Settings } from './measure.ts'

/** A line of the table: one figure on each database. */
type Row = Map<BenchDatabase['name'], Figure>

/** Run some measures on each database and print their figures, as a table or in JSON. */
export async function runMeasures(
  measures: readonly Measure[],
  {
    names,
    json,
    sharedBuffersMb,
    ...settings
  }: Settings & { names: readonly string[]; json: boolean; sharedBuffersMb?: number },
): Promise<void> {
  const rows = new Map<string, Row>()
  const { databases, close } = await openDatabases(names, console.error, { sharedBuffersMb })
  try {
    for (const measure of measures) {
      for (const database of databases) {
        console.error(`${measure.name} on ${database.title} …`)
        for (const figure of await measure.run(database, settings)) {
          const row = rows.get(figure.measure) ?? new Map()
          rows.set(figure.measure, row.set(database.name, figure))
        }
      }
    }
  } finally {
    await close()
  }
  if (json) printJson(rows, settings)
  else printTable(rows, databases)
}

function printJson(rows: Map<string, Row>, { rounds }: Settings): void {
  const figures = [...rows.values()].flatMap((row) =>
    [...row].map(([database, figure]) => ({ database, ...figure, met: isMet(figure) })),
  )
  console.log(JSON.stringify({ rounds, figures }, null, 2))
}

function printTable(rows: Map<string, Row>, databases: readonly BenchDatabase[]): void {
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
  const met = rows.size === 0 ? 'Nothing was measured.' : 'Every bar is met.'
  console.log(`\n${missed.length === 0 ? met : `Missed: ${missed.join('; ')}.`}`)
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
