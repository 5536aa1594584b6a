import { statSync } from 'node:fs'
import { join } from 'node:path'
import { Client } from 'pg'
import type { Place } from '../../server/test/databases.ts'
import type { Figure, Settings } from '../measure.ts'
import { startShenpi } from '../processes.ts'
import { settledKb } from '../resident-memory.ts'
import { median, takeTurns } from '../statistics.ts'
import { RATE_MIN } from './compare.ts'
import type { World } from './world.ts'

/** Each starts a server twice, and waits until its memory does not move any more. */
const ROUNDS_MAX = 4

/** Starting, and doing nothing, beside a large database. */
export async function compareStarts(
  { small, large }: { small: World; large: World },
  { rounds }: Settings,
): Promise<Figure[]> {
  const [larges = [], smalls = []] = await takeTurns(Math.min(rounds, ROUNDS_MAX), [
    () => start(large.place),
    () => start(small.place),
  ])
  const beside = `beside ${((await bytesOf(large.place)) / 2 ** 30).toFixed(1)} GB`
  const figure = (measure: string, of: (started: Started) => number, unit: string): Figure => {
    const [big, little] = [median(larges.map(of)), median(smalls.map(of))]
    const detail = `${big.toFixed(0)} ${unit}, small ${little.toFixed(0)} ${unit}`
    return { measure, value: little / big, unit: 'ratio', bar: { atLeast: RATE_MIN }, detail }
  }
  return [
    figure(`start ${beside}`, ({ processorMs }) => processorMs, 'ms of the processor’s time'),
    figure(`idle memory ${beside}`, ({ megabytes }) => megabytes, 'MB'),
  ]
}

interface Started {
  processorMs: number
  megabytes: number
}

async function start(place: Place): Promise<Started> {
  await using server = await startShenpi(place)
  return { processorMs: server.readyAfterProcessorMs, megabytes: (await settledKb(server.pid)) / 1024 }
}

async function bytesOf({ databaseUrl, dataDir }: Place): Promise<number> {
  if (!databaseUrl) return statSync(join(dataDir, 'shenpi.db')).size
  const client = new Client({ connectionString: databaseUrl })
  await client.connect()
  const { rows } = await client.query('select pg_database_size(current_database()) as bytes')
  await client.end()
  return Number(rows[0].bytes)
}
