import { randomInt } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { Client } from 'pg'
import { type Database, openDatabase } from '../server/src/db/open.ts'
import type { Place } from '../server/test/databases.ts'
import type { PostgresCluster } from '../server/test/postgres-cluster.ts'
import { startReceiver } from '../server/test/receiver.ts'
import { type BenchDatabase, DATABASE_NAMES, openDatabases } from './databases.ts'
import { Acknowledged } from './kill/acknowledged.ts'
import { compareDatabase, compareReceived, LOSSES, type Loss } from './kill/compare.ts'
import { type Random, seeded } from './kill/random.ts'
import { sendUntilGone, type World } from './kill/traffic.ts'
import { faultsOf } from './kill/verdict.ts'
import { startShenpi } from './processes.ts'
import { importCategories } from './submissions.ts'

const HELP = `npm run bench:kill -- [--times N] [--database NAME …] [--seed N] [--postmaster]

  --times       kills on each database; default: 50
  --database    ${DATABASE_NAMES.join(', ')}; default: both
  --seed        makes the choices of an earlier run again, though not its timing
  --postmaster  every second time PostgreSQL crashes as well`

/** How long the load lasts before a kill, once the first answer is there. Unit: milliseconds. */
const LOAD_MS = { least: 100, most: 2000 }
/** How long the first answer may take before the server is killed without one, and the run fails. */
const BEGIN_TIMEOUT_MS = 30_000
const LOOK_EVERY_MS = 10
const CATEGORIES = 10_000
/** One callback of so many is refused, to be sent again. */
const REFUSED_EVERY = 20
/** Longer than the lease of a worker that was killed, and the first waits after a refusal. Unit: milliseconds. */
const DRAIN_TIMEOUT_MS = 90_000
const DRAINED_EVERY_MS = 5000

const { values: options } = parseArgs({
  options: {
    times: { type: 'string', default: '50' },
    database: { type: 'string', multiple: true, default: [...DATABASE_NAMES] },
    seed: { type: 'string', default: String(randomInt(1_000_000)) },
    postmaster: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})
const times = Number(options.times)
const seed = Number(options.seed)
if (options.help || !Number.isInteger(times) || times < 1 || !Number.isInteger(seed)) {
  console.log(HELP)
  process.exit(options.help ? 0 : 1)
}

console.log(`seed ${seed}`)
const { databases, close } = await openDatabases(options.database, console.log)
try {
  for (const database of databases) {
    const isClean = await killRepeatedly(database, seeded(seed))
    if (!isClean) process.exitCode = 1
  }
} finally {
  await close()
}

/** Kill a server under load again and again, and look each time whether it kept its word. */
async function killRepeatedly(database: BenchDatabase, random: Random): Promise<boolean> {
  await using place = await database.place()
  await using receiver = await startReceiver()
  receiver.answer = (_callback, count) =>
    count % REFUSED_EVERY === 0 ? { status: 500, body: 'busy' } : { status: 200, body: 'success' }
  const acknowledged = new Acknowledged()
  const world: World = { merchants: [], open: [], acknowledged, receiver, faults: [] }
  const losses: Loss[] = []
  const acknowledgedByKill: number[] = []
  let crashes = 0
  for (let kill = 1; kill <= times && losses.length === 0; kill += 1) {
    await using server = await startShenpi(place, { DEVICE_CEILING: '1000000000' })
    if (kill === 1) await importCategories(server, CATEGORIES)
    losses.push(...(await look(place, (db) => compareDatabase(db, acknowledged))))
    world.open = await look(place, listOpen)
    const before = acknowledged.count
    const traffic = sendUntilGone(server, world, random)
    const loadMs = random.between(LOAD_MS.least, LOAD_MS.most)
    if (await begins(() => acknowledged.count > before)) await Promise.race([traffic, wait(loadMs)])
    if (database.cluster && options.postmaster && kill % 2 === 0) {
      await crash(database.cluster)
      crashes += 1
    }
    await server.kill()
    await traffic
    acknowledgedByKill.push(acknowledged.count - before)
    if (database.cluster) await accepts(database.cluster)
    console.log(`  ${database.title}: kill ${kill} of ${times}, acknowledged ${acknowledged.count}`)
  }
  {
    await using _server = await startShenpi(place)
    losses.push(...(await look(place, (db) => compareDatabase(db, acknowledged))))
    await drain(place)
    losses.push(...(await look(place, (db) => compareReceived(db, receiver.received))))
  }
  const faults = faultsOf({ kills: times, acknowledgedByKill, losses, faults: crashes > 0 ? [] : world.faults })
  const counts = LOSSES.map((name) => `${name} ${losses.filter(({ of }) => of === name).length}`)
  const crashed = crashes > 0 ? ` and ${crashes} crashes of the database` : ''
  console.log(`${times} kills on ${database.name}${crashed}: acknowledged ${acknowledged.count}, ${counts.join(', ')}`)
  console.log(`  callbacks received ${receiver.received.length}, answers of a server at fault ${world.faults.length}`)
  for (const { of, what } of losses.slice(0, 20)) console.log(`  ${of}: ${what}`)
  for (const fault of world.faults.slice(0, 5)) console.log(`  ${fault}`)
  console.log(faults.length === 0 ? '  passed' : faults.map((fault) => `  FAILED: ${fault}`).join('\n'))
  return faults.length === 0
}

/** Wait for the traffic's first answer. @returns whether it came in time */
async function begins(isAnswered: () => boolean): Promise<boolean> {
  const endsAt = performance.now() + BEGIN_TIMEOUT_MS
  while (!isAnswered() && performance.now() < endsAt) await wait(LOOK_EVERY_MS)
  return isAnswered()
}

/** Read the database beside the server. */
async function look<T>(place: Place, read: (db: Database) => Promise<T>): Promise<T> {
  const db = await openDatabase({ databaseUrl: place.databaseUrl, sqlitePath: join(place.dataDir, 'shenpi.db') })
  try {
    return await read(db)
  } finally {
    await db.destroy()
  }
}

async function listOpen(db: Database): Promise<string[]> {
  const open = db.selectFrom('application').select(['account_id', 'application_no']).where('state', '=', 'under_review')
  return (await open.execute()).map(({ account_id, application_no }) => `${account_id}-${application_no}`)
}

/** Wait until no delivery is pending: those of killed workers come back when their lease ends. */
async function drain(place: Place): Promise<void> {
  const endsAt = performance.now() + DRAIN_TIMEOUT_MS
  for (;;) {
    const pending = await look(place, (db) =>
      db.selectFrom('callback_delivery').select('delivery_no').where('state', '=', 'pending').execute(),
    )
    if (pending.length === 0 || performance.now() > endsAt) return
    console.log(`  ${pending.length} deliveries are pending`)
    await wait(DRAINED_EVERY_MS)
  }
}

/** Kill one of PostgreSQL's processes: the postmaster then stops all others at once and recovers from its journal. */
async function crash({ pid }: PostgresCluster): Promise<void> {
  const [child] = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ')
  process.kill(Number(child), 'SIGKILL')
}

/** Wait until PostgreSQL lets somebody in again. */
async function accepts({ url }: PostgresCluster): Promise<void> {
  for (;;) {
    const client = new Client({ connectionString: url })
    client.on('error', () => {})
    try {
      await client.connect()
      await client.end()
      return
    } catch {
      await wait(50)
    }
  }
}
