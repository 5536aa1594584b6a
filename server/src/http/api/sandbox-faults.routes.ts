import { api } from '@shenpi/sdk/contract/api'
import { getAccountByAppid } from '../../accounts/account.store.ts'
import { EVERY_ACCOUNT, type FaultRule } from '../../sandbox/faults/fault.ts'
import { readEnd, readFault } from '../../sandbox/faults/read-fault.ts'
import { SCENARIOS } from '../../sandbox/faults/scenarios.ts'
import type { Services } from '../../services.ts'
import { parseCursor, toCursor } from './cursor.ts'
import type { ServeEndpoint } from './endpoint.ts'
import { toFault, toScenario } from './sandbox-faults.presenter.ts'

const LIMIT = 50

/** Nothing is served outside a sandbox. */
export function sandboxFaultsRoutes(serve: ServeEndpoint, { db, clock, accountNames, sandbox }: Services): void {
  if (!sandbox) return
  const { faults } = sandbox

  const accountIdOf = async (appid: string | undefined): Promise<number> =>
    appid === undefined ? EVERY_ACCOUNT : (await getAccountByAppid(db, appid)).accountId

  async function present(rule: FaultRule) {
    const { accountId } = rule
    const appid = accountId === EVERY_ACCOUNT ? undefined : (await accountNames.of(accountId)).appid
    return toFault(rule, appid, clock.machine())
  }

  serve(api.listFaults, async ({ query: { limit = LIMIT, cursor, appid } }) => {
    const [accountId = -1, position = 0] = cursor ? parseCursor(cursor, 2) : []
    const rules = await faults.list(appid === undefined ? undefined : await accountIdOf(appid))
    const behind = rules.filter((rule) => (rule.accountId - accountId || rule.position - position) > 0)
    const page = behind.slice(0, limit)
    const last = behind.length > limit ? page.at(-1) : undefined
    return {
      items: await Promise.all(page.map(present)),
      next_cursor: last ? toCursor([last.accountId, last.position]) : null,
    }
  })

  serve(api.getFault, async ({ params: { name }, query: { appid } }) =>
    present(await faults.get({ accountId: await accountIdOf(appid), name })),
  )

  serve(api.setFault, async ({ params: { name }, body }) => {
    const accountId = await accountIdOf(body.match?.appid)
    const endsAt = readEnd(body.ends_at, clock.machine())
    return await present(await faults.set({ accountId, name }, readFault(body), endsAt))
  })

  serve(api.deleteFault, async ({ params: { name }, query: { appid } }) =>
    present(await faults.delete({ accountId: await accountIdOf(appid), name })),
  )

  serve(api.deleteFaults, async ({ query: { appid } }) => {
    const rules = await faults.list(appid === undefined ? undefined : await accountIdOf(appid))
    for (const rule of rules) await faults.delete(rule)
    return { deleted: rules.length }
  })

  serve(api.listScenarios, async () => ({ items: SCENARIOS.map(toScenario) }))
}
