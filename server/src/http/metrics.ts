import { countUnderReview } from '../applications/under-review.store.ts'
import { expose } from '../metrics/exposition.ts'
import type { Services } from '../services.ts'
import { readSeldom } from '../time/read-seldom.ts'

/** Counting asks for the applications of all accounts. Unit: milliseconds of the machine's time. */
const COUNT_EVERY_MS = 3000

type Measured = Pick<Services, 'db' | 'caches' | 'clock' | 'queueAges' | 'requestCounts' | 'linesLost'>

/** What renders the metrics in Prometheus' text format. Gauges are read each time, but for what has to be counted. */
export function metricsOf({ db, caches, clock, queueAges, requestCounts, linesLost }: Measured): () => Promise<string> {
  const countSeldom = readSeldom({ clock, caches }, COUNT_EVERY_MS, () => countUnderReview(db, clock.installation()))
  return async () => {
    const { overdue, onTime } = await countSeldom()
    return [
      requestCounts.toText(),
      expose(
        'shenpi_queue_age_seconds',
        'gauge',
        'How long the account waits that has waited longest for its turn in a queue, but for those whose servers are slow.',
        queueAges().map(({ queue, ageMs }) => ({ labels: { queue }, value: ageMs / 1000 })),
      ),
      expose(
        'shenpi_applications_under_review',
        'gauge',
        'Applications that wait for a decision; overdue: past their due date.',
        [
          { labels: { overdue: 'true' }, value: overdue },
          { labels: { overdue: 'false' }, value: onTime },
        ],
      ),
      expose('shenpi_log_lines_lost_total', 'counter', 'Lines of the log that could not be written.', [
        { value: linesLost() },
      ]),
      expose('process_resident_memory_bytes', 'gauge', 'Resident memory of this process.', [
        { value: process.memoryUsage.rss() },
      ]),
    ].join('\n')
  }
}
