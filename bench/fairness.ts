import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { apiKeyPath } from '../server/src/keys/key-file.ts'
import { type BenchDatabase, DATABASE_NAMES, openDatabases } from './databases.ts'
import { startAttacker } from './fairness/attacker.ts'
import { ATTACKS } from './fairness/attacks.ts'
import { startDeadNameserver } from './fairness/dead-nameserver.ts'
import { openHealthyMerchant } from './fairness/healthy.ts'
import { judge, LANES, type Lane, type Timings } from './fairness/verdict.ts'
import { type Shenpi, startShenpi } from './processes.ts'
import { importCategories } from './submissions.ts'

const HELP = `npm run bench:fairness -- [--only NAME …] [--database NAME …] [--seconds N]

  --only      ${Object.keys(ATTACKS).join(', ')}; default: every one
  --database  ${DATABASE_NAMES.join(', ')}; default: both
  --seconds   how long a healthy merchant is measured beside each attack, and half as long alone; default: 8`

const WARM_UP_MS = 1000
/** From the beginning of an attack until it is in full swing. */
const SETTLE_MS = 2000
const CATEGORIES = 2000

const { values: options } = parseArgs({
  options: {
    only: { type: 'string', multiple: true, default: Object.keys(ATTACKS) },
    database: { type: 'string', multiple: true, default: [...DATABASE_NAMES] },
    seconds: { type: 'string', default: '8' },
    help: { type: 'boolean', default: false },
  },
})
const besideMs = Number(options.seconds) * 1000
const isKnown = options.only.every((name) => Object.hasOwn(ATTACKS, name))
if (options.help || !isKnown || !(besideMs > 0)) {
  console.log(HELP)
  process.exit(options.help ? 0 : 1)
}

console.log(row('attack', 'database', 'healthy merchant’s', 'alone', 'beside', 'bar', 'passed', 'actions'))
const { databases, close } = await openDatabases(options.database, console.error)
const missed: string[] = []
try {
  for (const attack of options.only) {
    for (const database of databases) missed.push(...(await attackBeside(attack, database)))
  }
} finally {
  await close()
}
console.log(missed.length === 0 ? '\nEvery bar is met.' : `\nMissed: ${missed.join('; ')}.`)
process.exitCode = missed.length === 0 ? 0 : 1

/** Measure a healthy merchant alone and beside an attack. @returns what misses its bar */
async function attackBeside(attack: string, database: BenchDatabase): Promise<string[]> {
  await using place = await database.place()
  await using nameserver = await startDeadNameserver()
  const server = await startShenpi(place, { LOG_LEVEL: 'warn', ...nameserver.env })
  try {
    await importCategories(server, CATEGORIES)
    await using merchant = await openHealthyMerchant(server)
    const apiKey = (await readFile(apiKeyPath(place.dataDir), 'utf8')).trim()
    const { dataDir, databaseUrl } = place
    await using attacker = await startAttacker({ attack, apiKey, url: server.url, place: { dataDir, databaseUrl } })
    await merchant.measure(WARM_UP_MS)
    const alone = await merchant.measure(besideMs / 2)
    await attacker.begin()
    await wait(SETTLE_MS)
    const own = monitorEventLoopDelay({ resolution: 5 })
    own.enable()
    const beside = await merchant.measure(besideMs)
    own.disable()
    return tell(attack, database, server, alone, beside, own.max / 1e6)
  } finally {
    // It would finish the attackers' work first.
    await server.kill()
  }
}

function tell(
  attack: string,
  database: BenchDatabase,
  server: Shenpi,
  alone: Record<Lane, Timings>,
  beside: Record<Lane, Timings>,
  ownDelayMs: number,
): string[] {
  const misses: string[] = []
  const peak = Math.round(peakMemoryMb(server.pid))
  for (const lane of LANES) {
    const { aloneMs, besideMs, barMs, isPassed } = judge(alone[lane], beside[lane])
    const { times, failures } = beside[lane]
    const ms = (value: number) => `${value.toFixed(0)} ms`
    const count = `${times.length}${failures.length > 0 ? `, ${failures.length} failed: ${failures[0]}` : ''}`
    console.log(row(attack, database.title, lane, ms(aloneMs), ms(besideMs), ms(barMs), isPassed ? 'yes' : 'NO', count))
    if (!isPassed) misses.push(`${lane} beside ${attack} on ${database.title}`)
  }
  // The times include what delayed the measuring process: where that is long, the machine is too busy to tell.
  const own = `this process was itself held up for ${ownDelayMs.toFixed(0)} ms at the most`
  console.log(row('', '', `the server’s peak memory: ${peak} MB; ${own}`))
  return misses
}

/** The most memory that a process has had resident. */
function peakMemoryMb(pid: number): number {
  return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024
}

function row(...cells: string[]): string {
  const widths = [15, 10, 20, 8, 8, 8, 6, 0]
  return cells
    .map((cell, column) => cell.padEnd(widths[column] ?? 0))
    .join('  ')
    .trimEnd()
}
