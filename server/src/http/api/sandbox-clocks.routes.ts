import { api } from '@shenpi/sdk/contract/api'
import { getAccountByAppid } from '../../accounts/account.store.ts'
import { Problem } from '../../problem.ts'
import { type AdvanceParts, advanceClock, nextDue } from '../../sandbox/clocks/advance-clock.ts'
import { setClock } from '../../sandbox/clocks/set-clock.ts'
import type { Services } from '../../services.ts'
import { SERVER } from '../../time/account-clocks.ts'
import { dueAt } from '../../time/working-days.ts'
import type { ServeEndpoint } from './endpoint.ts'
import { toClock, toHappening } from './sandbox-clocks.presenter.ts'

/** Nothing is served outside a sandbox. */
export function sandboxClocksRoutes(serve: ServeEndpoint, services: Services): void {
  const { db, sandbox, queues, workers, policy } = services
  if (!sandbox) return
  const { clocks, gate } = sandbox
  const parts: AdvanceParts = { db, clocks, gate, queues, workers }

  async function presentClock(accountId: number) {
    const next = accountId === SERVER ? undefined : await nextDue(parts, accountId)
    return toClock(parts.clocks, accountId, next)
  }
  const change = (accountId: number, { at, frozen }: { at?: string; frozen?: boolean }) =>
    setClock(parts, accountId, { at: at === undefined ? undefined : new Date(at), isFrozen: frozen })

  serve(api.getServerClock, () => presentClock(SERVER))
  serve(api.setServerClock, async ({ body }) => {
    await change(SERVER, body)
    return await presentClock(SERVER)
  })
  serve(api.getClock, async ({ params: { appid } }) => presentClock((await getAccountByAppid(db, appid)).accountId))
  serve(api.setClock, async ({ params: { appid }, body }) => {
    const { accountId } = await getAccountByAppid(db, appid)
    await gate.run('work', accountId, async () => {
      if (clocks.underWay.has(accountId)) throw new Problem('clock.busy')
      await change(accountId, body)
    })
    return await presentClock(accountId)
  })

  serve(api.advanceClock, async ({ params: { appid }, body }) => {
    const { accountId } = await getAccountByAppid(db, appid)
    const { from, timeline, stopped } = await advanceClock(parts, accountId, (now) => targetOf(now, body))
    return {
      clock: await presentClock(accountId),
      from: from.toISOString(),
      timeline: timeline.map((happening) => toHappening(accountId, happening)),
      stopped,
    }
  })

  /** @throws Problem `request.malformed` */
  function targetOf(now: Date, asked: { to?: string; seconds?: number; working_days?: number }): Date | undefined {
    if (Object.keys(asked).length > 1) {
      throw new Problem('request.malformed', 'to, seconds, working_days: one of them, or none.')
    }
    if (asked.to !== undefined) return new Date(asked.to)
    if (asked.seconds !== undefined) return new Date(now.getTime() + asked.seconds * 1000)
    return asked.working_days === undefined ? undefined : dueAt(now, asked.working_days, policy.calendar)
  }
}
