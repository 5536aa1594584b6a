import type { Logger } from 'pino'
import type { AccountClocks } from '../time/account-clocks.ts'
import type { Clock } from '../time/clock.ts'
import { type Gate, throughGate } from './gate.ts'
import { type JobSource, type JobWorker, startWorker } from './worker.ts'

/** What queues need to know of the sandbox that they are in. */
export interface QueueSandbox {
  gate: Gate
  clocks: Pick<AccountClocks, 'underWay'>
}

/**
 * A worker of a sandbox: what it does is the same in each run. Jobs of an account go one after another, the longest due first,
 * those of one moment by their key; so none is handed over, as one that waits may be before it.
 */
export function startInSandbox<Job extends { accountId: number }>(
  source: JobSource<Job>,
  parts: { clock: Clock; log: Logger },
  { gate, clocks }: QueueSandbox,
): JobWorker<Job> {
  const worker = startWorker(
    {
      ...source,
      ...throughGate(gate, source),
      places: { ...source.places, perAccount: 1, perSlowAccount: 1 },
      // Outcomes and faults say when a job is due, days later too: no clock was wrong.
      bringForward: async () => {},
      // Whoever lets an account's time pass settles one queue behind another: a look of the worker's own would come between.
      listDue: async (after) => {
        const { accountIds, next } = await source.listDue(after)
        return { accountIds: accountIds.filter((accountId) => !clocks.underWay.has(accountId)), next }
      },
    },
    parts,
  )
  return { ...worker, reserve: () => undefined }
}
