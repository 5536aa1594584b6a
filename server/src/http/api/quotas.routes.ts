import { api } from '@shenpi/sdk/contract/api'
import { wire } from '@shenpi/sdk/contract/wire'
import { getAccountByAppid } from '../../accounts/account.store.ts'
import { findLimits } from '../../accounts/account-limits.store.ts'
import { ratesFor, ratesOf } from '../../quotas/call-rates.ts'
import { readUsage } from '../../quotas/usage.store.ts'
import type { Services } from '../../services.ts'
import { chinaDay, DAY_MS } from '../../time/china-time.ts'
import type { ServeEndpoint } from './endpoint.ts'

const CALLS = new Map(Object.values(wire).flatMap((calls) => Object.values(calls).map((call) => [call.path, call])))

export function quotasRoutes(serve: ServeEndpoint, { db, clock, usage, config }: Services): void {
  serve(api.getUsage, async ({ params }) => {
    const { accountId } = await getAccountByAppid(db, params.appid)
    await usage.flushAccount(accountId)
    const day = chinaDay(clock.now(accountId))
    const limits = await findLimits(db, accountId)
    const used = [...(await readUsage(db, { accountId, day }))].filter(([, used]) => used > 0)
    return {
      day: new Date(day * DAY_MS).toISOString().slice(0, 10),
      items: used
        .toSorted(([, a], [, b]) => b - a)
        .map(([path, used]) => {
          const call = CALLS.get(path)
          return { path, used, limit: (call && ratesFor(limits, ratesOf(call, config.rates)).daily) || null }
        }),
    }
  })
}
