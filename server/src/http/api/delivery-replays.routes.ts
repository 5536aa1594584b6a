import { api } from '@shenpi/sdk/contract/api'
import { problemRow } from '@shenpi/sdk/contract/problems'
import { getAccountByAppid } from '../../accounts/account.store.ts'
import { listNames } from '../../accounts/account-name.store.ts'
import { actorName } from '../../actors/actor.ts'
import type { ReplayRange } from '../../deliveries/find-replays.ts'
import { previewReplay, replayRange } from '../../deliveries/replay-range.ts'
import { Problem } from '../../problem.ts'
import type { Services } from '../../services.ts'
import type { ServeEndpoint } from './endpoint.ts'

/** So many accounts a preview tells of by name. */
const TOLD_MAX = 100

type AskedRange = Pick<ReplayRange, 'state' | 'event'> & { appid?: string; from: string; until: string }

export function deliveryReplaysRoutes(serve: ServeEndpoint, { db, clock, accountNames }: Services): void {
  /** @throws Problem `account.unknown`, `request.malformed` */
  async function rangeOf({ appid, state, event, from, until }: AskedRange): Promise<ReplayRange> {
    const account = appid ? await getAccountByAppid(db, appid) : undefined
    const range = { accountId: account?.accountId, state, event, from: new Date(from), until: new Date(until) }
    if (range.from >= range.until) throw new Problem('request.malformed', 'until: it is not later than from.')
    return range
  }

  serve(api.previewReplay, async ({ body }) => {
    const { firstAt, lastAt, accounts, ...preview } = await previewReplay(db, await rangeOf(body))
    const told = accounts.slice(0, TOLD_MAX)
    const names = await listNames(
      db,
      told.map(({ accountId }) => accountId),
    )
    return {
      ...preview,
      first_at: firstAt?.toISOString() ?? null,
      last_at: lastAt?.toISOString() ?? null,
      accounts: accounts.length,
      by_account: told.map(({ accountId, deliveries, isAddressed }) => {
        const { appid = '', name = '' } = names.get(accountId) ?? {}
        return { appid, name, deliveries, addressed: isAddressed }
      }),
    }
  })

  serve(api.replayDeliveries, async ({ actor, body }) => {
    const asked = { expected: body.deliveries, actor: actorName(actor) }
    const { refused, ...replayed } = await replayRange({ db, clock }, await rangeOf(body), asked)
    const names = await accountNames.find(refused.map(({ accountId }) => accountId))
    return {
      ...replayed,
      refused: refused.map(({ accountId, code }) => {
        return { appid: names.get(accountId)?.appid ?? '', code, title: problemRow(code).message }
      }),
    }
  })
}
