import { toHappening } from 'shenpi/src/http/api/sandbox-clocks.presenter.ts'
import { advanceClock } from 'shenpi/src/sandbox/clocks/advance-clock.ts'
import type { Services } from 'shenpi/src/services.ts'
import { dueAt } from 'shenpi/src/time/working-days.ts'
import type { Happening, Passing } from './passing.ts'
import { readTime } from './read-time.ts'

const SECONDS = { days: 86_400, hours: 3600, minutes: 60, seconds: 1 } as const

/**
 * Let an account's time pass, and do what falls due on the way.
 *
 * @returns what happened, in its order
 * @throws Error when something kept it from its target
 */
export async function passTime(services: Services, accountId: number, passing: Passing): Promise<Happening[]> {
  const { db, sandbox, queues, workers } = services
  if (!sandbox) throw new Error('time passes in a sandbox alone')
  const { clocks, gate } = sandbox
  const parts = { db, clocks, gate, queues, workers }
  const { timeline, stopped } = await gate.run('request', accountId, () =>
    advanceClock(parts, accountId, (now) => targetOf(services, now, passing)),
  )
  if (stopped !== null) throw new Error(`Time stopped before its target: ${stopped}`)
  return timeline.map((happening) => {
    const { at, ...rest } = toHappening(accountId, happening)
    return { at: new Date(at), ...rest }
  })
}

function targetOf({ policy }: Services, now: Date, passing: Passing): Date | undefined {
  const { to, workingDays, ...units } = passing
  if (to !== undefined) return readTime('to', to)
  if (Object.keys(passing).length === 0) return undefined
  const from = workingDays === undefined ? now : dueAt(now, workingDays, policy.calendar)
  let seconds = 0
  for (const unit of ['days', 'hours', 'minutes', 'seconds'] as const) seconds += (units[unit] ?? 0) * SECONDS[unit]
  return new Date(from.getTime() + seconds * 1000)
}
