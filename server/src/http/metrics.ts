import { type Kysely, sql } from 'kysely'
import { Gauge, Registry } from 'prom-client'
import type { Clock } from '../clock.ts'
import type { Schema } from '../db/schema.ts'
import { readQueueAges } from '../jobs/queue-age.ts'
import { RequestCounts } from './request-counts.ts'

const registry = new Registry()

/** Of this process: several servers in one, as in tests, count together. */
export const requestCounts = new RequestCounts()

const queueAge = new Gauge({
  name: 'shenpi_queue_age_seconds',
  help: 'How long the oldest due work of a queue has been waiting, but for accounts that have their share under way.',
  labelNames: ['queue'],
  registers: [registry],
})

const underReview = new Gauge({
  name: 'shenpi_applications_under_review',
  help: 'Applications that wait for a decision; overdue: past their due date.',
  labelNames: ['overdue'],
  registers: [registry],
})

const memory = new Gauge({
  name: 'process_resident_memory_bytes',
  help: 'Resident memory of this process.',
  registers: [registry],
})

/** The metrics in Prometheus' text format, the gauges read anew. */
export async function renderMetrics(db: Kysely<Schema>, clock: Clock): Promise<{ contentType: string; text: string }> {
  const now = clock.now()
  for (const { queue, ageMs } of await readQueueAges(db, now)) queueAge.set({ queue }, ageMs / 1000)
  const open = db
    .selectFrom('application')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('state', '=', sql.lit('under_review'))
  const overdue = await open.where('due_at', '<', now.getTime()).executeTakeFirstOrThrow()
  const onTime = await open.where('due_at', '>=', now.getTime()).executeTakeFirstOrThrow()
  underReview.set({ overdue: 'true' }, overdue.count)
  underReview.set({ overdue: 'false' }, onTime.count)
  memory.set(process.memoryUsage.rss())
  return { contentType: registry.contentType, text: `${requestCounts.toText()}\n${await registry.metrics()}` }
}
