import type { ApiQueuedJob } from '@shenpi/sdk/contract/api'
import type { QueuedJob } from '../../jobs/queued-job.store.ts'

export function toQueuedJob({ accountId, key, attempts, dueAt, leasedUntil }: QueuedJob, appid: string): ApiQueuedJob {
  return {
    id: [accountId, ...key].join('-'),
    appid,
    attempts,
    due_at: new Date(dueAt).toISOString(),
    leased_until: leasedUntil > 0 ? new Date(leasedUntil).toISOString() : null,
  }
}
