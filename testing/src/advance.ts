import { inspect } from 'node:util'
import { toHappening } from 'shenpi/src/http/api/sandbox-clocks.presenter.ts'
import { advanceClock } from 'shenpi/src/sandbox/clocks/advance-clock.ts'
import type { Services } from 'shenpi/src/services.ts'
import { dueAt } from 'shenpi/src/time/working-days.ts'
import { checkOptions } from './check-options.ts'
import type { Happening, Passing } from './passing.ts'
import { readTime } from './read-time.ts'

const PASSING = { to: 'any', workingDays: 'any', days: 'any', hours: 'any', minutes: 'any', seconds: 'any' } as const
const SECONDS = { days: 86_400, hours: 3600, minutes: 60, seconds: 1 } as const

/**
 * Let an account's time pass, and do what falls due on the way.
 *
 * @returns what happened, in its order
 * @throws Error when something kept it from its target
 */
export async function passTime(services: Services, accountId: number, passing: Passing): Promise<Happening[]> {
  checkOptions('advance', passing, PASSING)
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
  const { to, workingDays, days = 0, hours = 0, minutes = 0, seconds = 0 } = passing
  if (to !== undefined) return readTime('to', to)
  if (Object.keys(passing).length === 0) return undefined
  const from = workingDays === undefined ? now : dueAt(now, workingDays, policy.calendar)
  const units = { days, hours, minutes, seconds }
  let sum = 0
  for (const unit of ['days', 'hours', 'minutes', 'seconds'] as const) sum += units[unit] * SECONDS[unit]
  const target = new Date(from.getTime() + sum * 1000)
  if (Number.isNaN(target.getTime())) throw new Error(`advance: ${inspect(passing)} is no time that could pass`)
  return target
}
