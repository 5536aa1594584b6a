import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import type { Place } from '../server/test/databases.ts'
import type { BenchDatabase } from './databases.ts'
import type { Figure, Measure } from './measure.ts'
import { startShenpi } from './processes.ts'
import { median, pair } from './statistics.ts'

const STARTS_MIN = 7
const IDLE_SERVERS = 3
/** Memory counts as settled when it has not moved by more than this between two looks, after two seconds at least. */
const STEADY_KB = 256
const LOOK_EVERY_MS = 500
const LOOKS_MIN = 5
const LOOKS_MAX = 20

/** From the spawn to the line that says it is ready. */
export const coldStart: Measure = {
  name: 'start',
  async run(database, { rounds }) {
    const starts = Math.max(rounds, STARTS_MIN)
    await using place = await database.place()
    await timeStart(place)
    const migrated = await pair(starts, () => timeStart(place), timeNode)
    const fresh = await pair(starts, () => timeFreshStart(database), timeNode)
    const figure = (measure: string, { first, second, ratio }: typeof fresh): Figure => ({
      measure,
      value: first,
      unit: 'ms',
      bar: { atMost: 500 },
      detail: `${ratio.toFixed(1)} × node -e 0 (${second.toFixed(0)} ms)`,
    })
    return [figure('cold start, migrated', migrated), figure('cold start, fresh', fresh)]
  },
}

/** Resident memory of a server that has started and does nothing. */
export const idleMemory: Measure = {
  name: 'memory',
  async run(database) {
    const sizes: number[] = []
    for (let count = 0; count < IDLE_SERVERS; count += 1) {
      await using place = await database.place()
      await using server = await startShenpi(place)
      sizes.push((await settledKb(server.pid)) / 1024)
    }
    const detail = sizes.map((size) => size.toFixed(0)).join(', ')
    return [{ measure: 'idle memory, resident', value: median(sizes), unit: 'MB', bar: { atMost: 110 }, detail }]
  },
}

async function timeStart(place: Place): Promise<number> {
  await using server = await startShenpi(place)
  return server.readyAfterMs
}

async function timeFreshStart(database: BenchDatabase): Promise<number> {
  await using place = await database.place()
  return await timeStart(place)
}

/** What the machine takes for a process that does nothing. */
async function timeNode(): Promise<number> {
  const startedAt = performance.now()
  await once(spawn(process.execPath, ['-e', '0'], { stdio: 'ignore' }), 'exit')
  return performance.now() - startedAt
}

async function settledKb(pid: number): Promise<number> {
  let before = residentKb(pid)
  for (let look = 1; ; look += 1) {
    await wait(LOOK_EVERY_MS)
    const now = residentKb(pid)
    if (look >= LOOKS_MAX || (look >= LOOKS_MIN && Math.abs(now - before) <= STEADY_KB)) return now
    before = now
  }
}

function residentKb(pid: number): number {
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1])
}
