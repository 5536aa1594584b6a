import { type Kysely, sql } from 'kysely'
import type { Clock } from '../clock.ts'
import type { Schema } from '../db/schema.ts'
import { readQueueAges } from '../jobs/queue-age.ts'
import { stderrSink } from '../log.ts'
import { expose } from './exposition.ts'
import { RequestCounts } from './request-counts.ts'

/** Of this process: several servers in one, as in tests, count together. */
export const requestCounts = new RequestCounts()

/** The metrics in Prometheus' text format, the gauges read anew. */
export async function renderMetrics(db: Kysely<Schema>, clock: Clock): Promise<string> {
  const now = clock.now()
  const queues = await readQueueAges(db, now)
  const open = db
    .selectFrom('application')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('state', '=', sql.lit('under_review'))
  const overdue = await open.where('due_at', '<', now.getTime()).executeTakeFirstOrThrow()
  const onTime = await open.where('due_at', '>=', now.getTime()).executeTakeFirstOrThrow()
  return [
    requestCounts.toText(),
    expose(
      'shenpi_queue_age_seconds',
      'gauge',
      'How long the oldest due work of a queue has been waiting, but for accounts that have their share under way.',
      queues.map(({ queue, ageMs }) => ({ labels: { queue }, value: ageMs / 1000 })),
    ),
    expose(
      'shenpi_applications_under_review',
      'gauge',
      'Applications that wait for a decision; overdue: past their due date.',
      [
        { labels: { overdue: 'true' }, value: overdue.count },
        { labels: { overdue: 'false' }, value: onTime.count },
      ],
    ),
    expose('shenpi_log_lines_lost_total', 'counter', 'Lines of the log that could not be written.', [
      { value: stderrSink.lost },
    ]),
    expose('process_resident_memory_bytes', 'gauge', 'Resident memory of this process.', [
      { value: process.memoryUsage.rss() },
    ]),
  ].join('\n')
}
