import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Place } from '../server/test/databases.ts'
import type { BenchDatabase } from './databases.ts'
import type { Figure, Measure } from './measure.ts'
import { type ServerProcess, startBareFastify, startShenpi } from './processes.ts'
import { settledKb } from './resident-memory.ts'
import { median, takeTurns } from './statistics.ts'

const STARTS_MIN = 7
const IDLE_SERVERS = 3

/** From the spawn to the line that says it is ready, beside a bare Fastify and a process that does nothing. */
export const coldStart: Measure = {
  name: 'start',
  async run(database, { rounds }) {
    await using place = await database.place()
    await timeStart(place)
    const contestants = [
      () => timeStart(place),
      () => timeFreshStart(database),
      () => timed(startBareFastify(place)),
      timeNode,
    ]
    const turns = await takeTurns(Math.max(rounds, STARTS_MIN), contestants)
    const [migrated, fresh, fastify, node] = turns as [Time[], Time[], Time[], Time[]]
    return [
      ...figures('cold start, migrated', 400, migrated, fastify, node),
      ...figures('cold start, fresh', 500, fresh, fastify, node),
    ]
  },
}

/** Milliseconds until it was ready. */
interface Time {
  passed: number
  processor: number
}

function figures(measure: string, atMost: number, times: Time[], fastify: Time[], node: Time[]): Figure[] {
  const passed = ratios(times, fastify, ({ passed }) => passed)
  const processor = ratios(times, fastify, ({ processor }) => processor)
  return [
    {
      measure,
      value: middle(times).passed,
      unit: 'ms',
      bar: { atMost },
      detail: `Fastify ${middle(fastify).passed.toFixed(0)}, node -e 0 ${middle(node).passed.toFixed(0)} ms`,
    },
    {
      measure: `${measure}, × a bare Fastify’s`,
      value: passed,
      unit: 'ratio',
      detail: `${middle(times).passed.toFixed(0)} : ${middle(fastify).passed.toFixed(0)} ms`,
    },
    {
      measure: `${measure}, processor’s time, as above`,
      value: processor,
      unit: 'ratio',
      detail: `${middle(times).processor.toFixed(0)} : ${middle(fastify).processor.toFixed(0)} ms`,
    },
  ]
}

const middle = (times: Time[]): Time => ({
  passed: median(times.map(({ passed }) => passed)),
  processor: median(times.map(({ processor }) => processor)),
})

/** The median of each round's ratio: what the machine does meanwhile meets both. */
const ratios = (ours: Time[], theirs: Time[], of: (time: Time) => number): number =>
  median(ours.map((time, round) => of(time) / of(theirs[round] as Time)))

/** Resident memory of a server that has started and does nothing. */
export const idleMemory: Measure = {
  name: 'memory',
  async run(database) {
    const sizes: number[] = []
    const bare: number[] = []
    for (let count = 0; count < IDLE_SERVERS; count += 1) {
      await using place = await database.place()
      await using server = await startShenpi(place)
      sizes.push((await settledKb(server.pid)) / 1024)
      await using fastify = await startBareFastify(place)
      bare.push((await settledKb(fastify.pid)) / 1024)
    }
    const detail = `${sizes.map((size) => size.toFixed(0)).join(', ')}; a bare Fastify ${median(bare).toFixed(0)}`
    return [{ measure: 'idle memory, resident', value: median(sizes), unit: 'MB', bar: { atMost: 100 }, detail }]
  },
}

const timeStart = (place: Place): Promise<Time> => timed(startShenpi(place))

async function timeFreshStart(database: BenchDatabase): Promise<Time> {
  await using place = await database.place()
  return await timeStart(place)
}

async function timed(starting: Promise<ServerProcess>): Promise<Time> {
  await using server = await starting
  return { passed: server.readyAfterMs, processor: server.readyAfterProcessorMs }
}

/** The machine's time for a process that does nothing. */
async function timeNode(): Promise<Time> {
  const startedAt = performance.now()
  await once(spawn(process.execPath, ['-e', '0'], { stdio: 'ignore' }), 'exit')
  return { passed: performance.now() - startedAt, processor: Number.NaN }
}
