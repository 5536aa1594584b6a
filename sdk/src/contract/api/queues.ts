import type { Static } from '@sinclair/typebox'
import { endpoint, Nullable, Page, paging, Time } from '../endpoint.ts'
import { OneOf, Type } from '../schema.ts'
import { QUEUE_NAMES } from '../states.ts'

/** So many jobs of a queue are counted at most. */
export const COUNTED_JOBS_MAX = 10_000

const Queue = Type.Object({
  name: OneOf(QUEUE_NAMES),
  waiting: Type.Integer({
    description: `Jobs that wait or are in a worker’s hands; ${COUNTED_JOBS_MAX} stands for more as well.`,
  }),
  age_ms: Type.Integer({ description: 'How far behind it is, as /readyz tells it of the server that answers.' }),
})

const Job = Type.Object({
  id: Type.String({ description: 'Account and the rest of the key; of a delivery it is its id.' }),
  appid: Type.String(),
  attempts: Type.Integer({ description: 'Tries that failed.' }),
  due_at: Time,
  leased_until: Nullable(Type.String({ format: 'date-time', description: 'Until when it is in a worker’s hands.' })),
})

export const queueEndpoints = {
  listQueues: endpoint({
    method: 'GET',
    path: '/queues',
    access: 'queue.read',
    summary: 'List the queues of what the server does by itself, and how far behind each is',
    answer: Type.Object({ items: Type.Array(Queue) }),
  }),
  listQueuedJobs: endpoint({
    method: 'GET',
    path: '/queues/{name}',
    access: 'queue.read',
    summary: 'List the jobs of a queue that wait or are in a worker’s hands, by account, the longest due first',
    params: Type.Pick(Queue, ['name']),
    query: Type.Object(paging),
    answer: Page(Job),
  }),
}

export type ApiQueue = Static<typeof Queue>
export type ApiQueuedJob = Static<typeof Job>
