import type { ApiQueuedJob } from '@shenpi/sdk/contract/api'
import type { QueuedJob } from '../../jobs/queued-job.store.ts'

/** @param now of the machine: a lease that has run out is none */
export function toQueuedJob(
  { accountId, key, attempts, dueAt, leasedUntil }: QueuedJob,
  appid: string,
  now: number,
): ApiQueuedJob {
  return {
    id: [accountId, ...key].join('-'),
    appid,
    attempts,
    due_at: new Date(dueAt).toISOString(),
    leased_until: leasedUntil > now ? new Date(leasedUntil).toISOString() : null,
  }
}
