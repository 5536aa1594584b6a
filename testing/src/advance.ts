import { toHappening } from 'shenpi/src/http/api/sandbox-clocks.presenter.ts'
import { advanceClock } from 'shenpi/src/sandbox/clocks/advance-clock.ts'
import type { Services } from 'shenpi/src/services.ts'
import { dueAt } from 'shenpi/src/time/working-days.ts'

/** How much time passes: the sum of what is given, or up to a time. Nothing: to the next time at which something is due. */
export interface Passing {
  to?: Date | string
  workingDays?: number
  days?: number
  hours?: number
  minutes?: number
  seconds?: number
}

/** Something that happened to an account while time passed. */
export interface Happening {
  /** By the account's time. */
  at: Date
  type: 'month_begin' | 'day_begin' | 'token_end' | 'overdue' | 'entry' | 'callback'
  /** The application's id, as staff know it. */
  application: string | null
  /** The action of the trail, or the event of the callback and how its try ended. */
  text: string
  actor: string | null
}

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
  const target = targetOf(services, accountId, passing)
  const { timeline, stopped } = await advanceClock({ db, clocks: sandbox.clocks, queues, workers }, accountId, target)
  if (stopped !== null) throw new Error(`Time stopped before its target: ${stopped}`)
  return timeline.map((happening) => {
    const { at, ...rest } = toHappening(accountId, happening)
    return { at: new Date(at), ...rest }
  })
}

function targetOf({ clock, policy }: Services, accountId: number, passing: Passing): Date | undefined {
  const { to, workingDays, ...units } = passing
  if (to !== undefined) return new Date(to)
  if (Object.keys(passing).length === 0) return undefined
  const now = clock.now(accountId)
  const from = workingDays === undefined ? now : dueAt(now, workingDays, policy.calendar)
  let seconds = 0
  for (const unit of ['days', 'hours', 'minutes', 'seconds'] as const) seconds += (units[unit] ?? 0) * SECONDS[unit]
  return new Date(from.getTime() + seconds * 1000)
}
