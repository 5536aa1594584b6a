import { type Kysely, sql } from 'kysely'
import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { Clock } from '../clock.ts'
import type { Schema } from '../db/schema.ts'
import { readQueueAges } from '../jobs/queue-age.ts'

const registry = new Registry()

const requests = new Counter({
  name: 'shenpi_requests_total',
  help: 'Requests by route and problem (ok where there was none).',
  labelNames: ['route', 'problem'],
  registers: [registry],
})

const durations = new Histogram({
  name: 'shenpi_request_duration_seconds',
  help: 'Time from a request to its answer, by route.',
  labelNames: ['route'],
  buckets: [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10],
  registers: [registry],
})

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

export function countRequest(route: string, problem: string, seconds: number): void {
  requests.inc({ route, problem })
  durations.observe({ route }, seconds)
}

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
  return { contentType: registry.contentType, text: await registry.metrics() }
}
