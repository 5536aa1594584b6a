import { api } from '@shenpi/sdk/contract/api'
import type { Queue } from '../../jobs/queue.ts'
import type { QueuedJob } from '../../jobs/queued-job.store.ts'
import { Problem } from '../../problem.ts'
import type { Services } from '../../services.ts'
import { readSeldom } from '../../time/read-seldom.ts'
import { parseKeyCursor, toCursor } from './cursor.ts'
import type { ServeEndpoint } from './endpoint.ts'
import { toQueuedJob } from './queues.presenter.ts'

const LIMIT = 50
/** Counting asks for the rows of all accounts. Unit: milliseconds of the machine's time. */
const COUNT_EVERY_MS = 3000

export function queuesRoutes(serve: ServeEndpoint, services: Services): void {
  const { db, caches, clock, accountNames, queues, queueAges } = services
  const counts = queues.map(({ name, count }) => ({
    name,
    countWaiting: readSeldom({ clock, caches }, COUNT_EVERY_MS, () => count(db)),
  }))

  serve(api.listQueues, async () => {
    const ages = new Map(queueAges().map(({ queue, ageMs }) => [queue, ageMs]))
    const items = counts.map(async ({ name, countWaiting }) => ({
      name,
      waiting: await countWaiting(),
      age_ms: ages.get(name) ?? 0,
    }))
    return { items: await Promise.all(items) }
  })

  serve(api.listQueuedJobs, async ({ params, query: { limit = LIMIT, cursor } }) => {
    const queue = queues.find(({ name }) => name === params.name)
    if (!queue) throw new Problem('request.malformed', 'name')
    const jobs = await queue.list(db, clock.machine(), limit, cursor ? jobBefore(queue, cursor) : undefined)
    const names = await accountNames.find(jobs.map(({ accountId }) => accountId))
    const last = jobs.at(limit - 1)
    return {
      items: jobs.map((job) => toQueuedJob(job, names.get(job.accountId)?.appid ?? '')),
      next_cursor: last ? toCursor([last.accountId, last.dueAt, ...last.key]) : null,
    }
  })
}

/** The last job of the page before. @throws Problem `request.malformed` */
function jobBefore({ keyParts }: Queue<Services>, cursor: string): Pick<QueuedJob, 'accountId' | 'dueAt' | 'key'> {
  const [accountId, dueAt, ...key] = parseKeyCursor(cursor, ['number', 'number', ...keyParts])
  return { accountId: Number(accountId), dueAt: Number(dueAt), key }
}
