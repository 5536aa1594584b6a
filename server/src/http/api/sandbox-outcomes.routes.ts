import { api } from '@shenpi/sdk/contract/api'
import { getAccountByAppid } from '../../accounts/account.store.ts'
import { Problem } from '../../problem.ts'
import { faultOf, faultOfList, type RuleFault, toPlace } from '../../sandbox/outcomes/check-rule.ts'
import { listOutcomes } from '../../sandbox/outcomes/outcome.store.ts'
import { ALL_ACCOUNTS, type NamedRule } from '../../sandbox/outcomes/outcome-rule.ts'
import type { Services } from '../../services.ts'
import { parseCursor, toCursor } from './cursor.ts'
import type { ServeEndpoint } from './endpoint.ts'
import { toOutcome, toOutcomeRule } from './sandbox-outcomes.presenter.ts'

const LIMIT = 50

/** Nothing is served outside a sandbox. */
export function sandboxOutcomesRoutes(serve: ServeEndpoint, { db, sandbox }: Services): void {
  if (!sandbox) return
  const { rules } = sandbox
  const accountOf = async ({ appid }: { appid: string }) => (await getAccountByAppid(db, appid)).accountId

  const list = async (accountId: number) => ({ items: (await rules.list(accountId)).map(toOutcomeRule) })
  const put = async (accountId: number, rule: NamedRule) => {
    refuse(faultOf(rule))
    return toOutcomeRule(await rules.put(accountId, rule))
  }
  const set = async (accountId: number, asked: readonly NamedRule[]) => {
    refuse(faultOfList(asked))
    return { items: (await rules.set(accountId, asked)).map(toOutcomeRule) }
  }

  serve(api.listSharedOutcomeRules, () => list(ALL_ACCOUNTS))
  serve(api.setSharedOutcomeRules, ({ body }) => set(ALL_ACCOUNTS, body.rules))
  serve(api.putSharedOutcomeRule, ({ params: { name }, body }) => put(ALL_ACCOUNTS, { ...body, name }))
  serve(api.deleteSharedOutcomeRule, async ({ params: { name } }) => {
    await rules.delete(ALL_ACCOUNTS, name)
    return {}
  })
  serve(api.listOutcomeRules, async ({ params }) => list(await accountOf(params)))
  serve(api.setOutcomeRules, async ({ params, body }) => set(await accountOf(params), body.rules))
  serve(api.putOutcomeRule, async ({ params, body }) => put(await accountOf(params), { ...body, name: params.name }))
  serve(api.deleteOutcomeRule, async ({ params }) => {
    await rules.delete(await accountOf(params), params.name)
    return {}
  })

  serve(api.listOutcomes, async ({ params, query: { limit = LIMIT, cursor } }) => {
    const [before = Number.MAX_SAFE_INTEGER] = cursor ? parseCursor(cursor, 1) : []
    const found = await listOutcomes(db, await accountOf(params), { before, limit: limit + 1 })
    const items = found.slice(0, limit)
    const last = found.length > limit ? items.at(-1) : undefined
    return { items: items.map(toOutcome), next_cursor: last ? toCursor([last.applicationNo]) : null }
  })
}

/** @throws Problem `outcome_rule.malformed` */
function refuse(fault: RuleFault | undefined): void {
  if (fault) throw new Problem('outcome_rule.malformed', `${toPlace(fault.at)}: ${fault.why}.`)
}
