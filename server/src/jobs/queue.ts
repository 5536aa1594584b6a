import type { QueueName } from '@shenpi/sdk/contract/states'
import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import { engineOf } from '../db/engine.ts'
import type { Schema } from '../db/schema.ts'
import type { Clock } from '../time/clock.ts'
import type { Places } from './fair-claim.ts'
import { type QueueSandbox, startInSandbox } from './in-sandbox.ts'
import {
  type KeyPart,
  listAccountsAfter,
  type QueueRows,
  type QueueTable,
  queueStore,
  type Row,
} from './queue.store.ts'
import { countJobs, listJobs, type QueuedJob } from './queued-job.store.ts'
import { type JobSource, type JobWorker, type Place, startWorker, type Worker } from './worker.ts'

/** What every worker needs. */
interface WorkerParts {
  db: Kysely<Schema>
  clock: Clock
  log: Logger
  sandbox?: QueueSandbox | undefined
}

/** The statement of a queue. A job is a row of its table; it may run twice, so it is safe to repeat. */
interface QueueDefinition<Table extends QueueTable, Parts, Job> extends QueueRows<Table> {
  name: QueueName
  /** Jobs under way at once in this process; of one account its share. */
  places: Omit<Places, 'perAccount'>
  /** The longest waits before the second, third, … attempt. Unit: milliseconds. */
  retryGapsMs: readonly number[]
  toJob: (row: Row<Table>) => Job
  /** @returns how long a foreign server kept it waiting, in milliseconds; undefined when none was asked */
  run: (parts: Parts, job: Job) => Promise<number | undefined>
}

/** By the machine's time; so many jobs, behind one. */
type PageOf = [now: number, limit: number, after?: Pick<QueuedJob, 'accountId' | 'dueAt' | 'key'>]

/** A queue as the edges see it. `Parts`: what its jobs are run with. */
export interface Queue<Parts> {
  name: QueueName
  /** What each part of a job's key holds, behind the account. */
  keyParts: readonly KeyPart[]
  count(db: Kysely<Schema>): Promise<number>
  list(db: Kysely<Schema>, ...page: PageOf): Promise<QueuedJob[]>
  /** When an account's next job is due, by its own time, whoever has it; undefined: it has none. */
  findNextDue(db: Kysely<Schema>, accountId: number): Promise<Date | undefined>
  wake(db: Kysely<Schema>, accountId: number): void
  startWorker(parts: Parts & WorkerParts): Worker
}

/**
 * A queue from one statement: how accounts take turns in it, its leases, its worker, the age that `/readyz` and the metric
 * tell, and its list in the native API.
 */
export function defineQueue<Table extends QueueTable, Parts, Job extends { accountId: number }>(
  queue: QueueDefinition<Table, Parts, Job>,
) {
  const { listDue, claim, findNextDue, bringForward } = queueStore(queue)

  /** Those that run in this process, each by its database. Held weakly, a stopped one would outlive most collections. */
  const workers = new Map<object, JobWorker<Job>>()

  const claimJobs = async (...how: Parameters<typeof claim>): Promise<Job[]> => (await claim(...how)).map(queue.toJob)

  return {
    name: queue.name,
    keyParts: Object.values(queue.key),
    share: queue.share,
    leaseMs: queue.leaseMs,
    listDue,
    claim: claimJobs,
    bringForward: (db: Kysely<Schema>, now: number) => bringForward(db, now, queue.retryGapsMs),
    count: (db: Kysely<Schema>) => countJobs(db, queue),
    list: (db: Kysely<Schema>, ...page: PageOf) => listJobs(db, queue, ...page),
    findNextDue,
    /**
     * Take a place for a job whose row is about to be inserted, by a change that then runs it or gives the place back.
     * Undefined: the row is inserted free, and the worker is woken after the commit.
     *
     * @param underWay rows of the account that are leased already, by any server
     */
    reserve: (db: Kysely<Schema>, accountId: number, underWay: number): Place<Job> | undefined =>
      underWay < queue.share ? workers.get(engineOf(db))?.reserve(accountId) : undefined,
    /** The account has new rows that are due: this process looks for them now instead of at the next look. */
    wake: (db: Kysely<Schema>, accountId: number) => workers.get(engineOf(db))?.wake(accountId),
    startWorker: (parts: Parts & WorkerParts): Worker => {
      const { db, clock, sandbox } = parts
      const source: JobSource<Job> = {
        name: queue.name,
        places: { ...queue.places, perAccount: queue.share },
        listDue: (after) => listDue(db, clock, after),
        listAccounts: (page) => listAccountsAfter(db, page),
        claim: (turn) => claimJobs(db, clock, turn),
        run: (job) => queue.run(parts, job),
        bringForward: () => bringForward(db, clock.machine(), queue.retryGapsMs),
      }
      const worker = sandbox ? startInSandbox(source, parts, sandbox) : startWorker(source, parts)
      workers.set(engineOf(db), worker)
      return {
        ...worker,
        async stop() {
          await worker.stop()
          workers.delete(engineOf(db))
        },
      }
    },
  }
}
