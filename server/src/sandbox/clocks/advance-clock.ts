import type { QueueName } from '@shenpi/sdk/contract/states'
import type { Kysely } from 'kysely'
import type { Schema } from '../../db/schema.ts'
import type { Gate } from '../../jobs/gate.ts'
import type { Queue } from '../../jobs/queue.ts'
import type { Worker } from '../../jobs/worker.ts'
import { Problem } from '../../problem.ts'
import type { AccountClocks } from '../../time/account-clocks.ts'
import { assertAhead, moveClock } from './set-clock.ts'
import { type Happening, watchTimeline } from './timeline.ts'

/** So often a clock is set on its way at most: beyond it something keeps making work for the account. */
const STEPS_MAX = 10_000

/** As far as time is concerned. */
export type DueQueue = Pick<Queue<never>, 'name' | 'findNextDue'>

export interface AdvanceParts {
  db: Kysely<Schema>
  clocks: AccountClocks
  queues: readonly DueQueue[]
  workers: readonly Pick<Worker, 'name' | 'settle'>[]
  gate: Pick<Gate, 'isClosing' | 'run'>
}

type TargetOf = (from: Date) => Date | undefined

export interface Advance {
  from: Date
  to: Date
  timeline: Happening[]
  /** Why the clock stands before its target; null when it came there. */
  stopped: string | null
}

/**
 * Let an account's time pass: whatever falls due on the way is done at its time, one after the other, and what that makes due
 * as well. It returns when nothing of it is under way any more.
 *
 * @param targetOf given where the clock stands; undefined: the next time at which something is due
 * @throws Problem `clock.busy`, `clock.backwards`, `clock.nothing_due`, `request.malformed` beyond the last time
 */
export async function advanceClock(parts: AdvanceParts, accountId: number, targetOf: TargetOf): Promise<Advance> {
  const { underWay } = parts.clocks
  // Not while another state takes the place of the account's.
  await parts.gate.run('work', accountId, async () => {
    if (underWay.has(accountId)) throw new Problem('clock.busy')
    underWay.add(accountId)
  })
  try {
    return await advance(parts, accountId, targetOf)
  } finally {
    underWay.delete(accountId)
  }
}

async function advance(parts: AdvanceParts, accountId: number, targetOf: TargetOf): Promise<Advance> {
  const { db, clocks, gate } = parts
  const from = clocks.now(accountId)
  const target = targetOf(from)
  if (target) assertAhead(from, target)
  const tell = await watchTimeline(db, accountId, from)
  const end = async (stopped: string | null): Promise<Advance> => {
    const to = clocks.now(accountId)
    return { from, to, timeline: await tell(to), stopped }
  }

  let settledTo = await settle(parts, accountId)
  const first = await nextDue(parts, accountId)
  if (!target && !first) throw new Problem('clock.nothing_due')
  const goal = target ?? first?.dueAt ?? from
  for (let steps = 0, next = first; next && next.dueAt <= goal; steps += 1) {
    if (next.dueAt.getTime() <= settledTo) return await end(`${next.queue}: a job is due and was not done`)
    if (gate.isClosing) return await end('another state takes the place of this one')
    if (steps === STEPS_MAX) return await end(`${next.queue}: there is more to do after ${STEPS_MAX} steps`)
    // A clock that runs may have come there by itself, and the server's may have been set.
    if (clocks.now(accountId) < next.dueAt) await moveClock(parts, accountId, next.dueAt)
    settledTo = await settle(parts, accountId)
    next = await nextDue(parts, accountId)
  }
  if (clocks.now(accountId) < goal) await moveClock(parts, accountId, goal)
  return await end(null)
}

/** Until none of them has made work for another. @returns up to which time everything is done */
async function settle({ clocks, workers }: AdvanceParts, accountId: number): Promise<number> {
  const settledTo = clocks.due(accountId)
  // A decision that takes effect promises a callback: workers before it are asked again.
  for (let round = 0; round < 2; round += 1) for (const worker of workers) await worker.settle(accountId)
  return settledTo
}

/** What of an account is due next, by its own time. */
export async function nextDue(
  { db, queues }: Pick<AdvanceParts, 'db' | 'queues'>,
  accountId: number,
): Promise<{ queue: QueueName; dueAt: Date } | undefined> {
  const found = await Promise.all(
    queues.map(async ({ name, findNextDue }) => ({ queue: name, dueAt: await findNextDue(db, accountId) })),
  )
  const waiting = found.flatMap(({ queue, dueAt }) => (dueAt ? [{ queue, dueAt }] : []))
  return waiting.toSorted((a, b) => a.dueAt.getTime() - b.dueAt.getTime())[0]
}
