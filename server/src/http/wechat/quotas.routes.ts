import { quotas } from '@shenpi/sdk/contract/wire'
import { Problem } from '../../problem.ts'
import { ratesFor } from '../../quotas/call-rates.ts'
import { clearQuota } from '../../quotas/clear-quota.ts'
import { readQuota } from '../../quotas/read-quota.ts'
import type { Services } from '../../services.ts'
import type { ServeCall, ServedCall } from './serve-calls.ts'

/** @param served the calls that have a quota */
export function quotasRoutes(serve: ServeCall, services: Services, served: ReadonlyMap<string, ServedCall>): void {
  serve(quotas.clearQuota, async ({ account, body }) => {
    if (body.appid !== account.appid) throw new Problem('credential.appid_invalid')
    await clearQuota(services, account.accountId)
    return {}
  })

  serve(quotas.clearQuotaV2, async ({ body: { appid, appsecret: secret }, authenticate }) => {
    const { accountId } = await authenticate({ appid, secret })
    await clearQuota(services, accountId)
    return {}
  })

  serve(quotas.quotaGet, async ({ account: { accountId }, limits, body: { cgi_path: path } }) => {
    const known = served.get(path)
    if (!known) throw new Problem('quota.path_unknown')
    if (known.call.uncounted) throw new Problem('quota.path_uncounted')
    const { limit, used, remain } = await readQuota(services, {
      accountId,
      path,
      limit: ratesFor(limits, known.rates).daily,
    })
    return { quota: { daily_limit: limit, used, remain } }
  })
}
