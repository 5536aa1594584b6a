import { api } from '@shenpi/sdk/contract/api'
import { getAccountByAppid, listAccounts } from '../../accounts/account.store.ts'
import type { Account } from '../../accounts/account.ts'
import { DEFAULT_LIMITS, findLimits, listLimits } from '../../accounts/account-limits.store.ts'
import { createAccount } from '../../accounts/create-account.ts'
import { searchAccounts } from '../../accounts/search-accounts.ts'
import { setAccountState } from '../../accounts/set-account-state.ts'
import { setCallback } from '../../accounts/set-callback.ts'
import { setLimits } from '../../accounts/set-limits.ts'
import { actorName } from '../../actors/actor.ts'
import { findCallbackSetting, listCallbackSettings } from '../../callbacks/callback-setting.store.ts'
import { getQuota, listQuotas } from '../../device-quota/device-quota.store.ts'
import type { Services } from '../../services.ts'
import { rotateSecret } from '../../tokens/rotate-secret.ts'
import { toAccount, toCallback, toLimits } from './accounts.presenter.ts'
import { parseCursor, toCursor } from './cursor.ts'
import type { ServeEndpoint } from './endpoint.ts'

const LIMIT = 50

export function accountsRoutes(serve: ServeEndpoint, services: Services): void {
  const { db, clock, issuer, policy } = services

  const present = async (account: Account) =>
    toAccount(account, {
      quota: await getQuota(db, account.accountId),
      callback: await findCallbackSetting(db, account.accountId),
      limits: await findLimits(db, account.accountId),
    })

  serve(api.createAccount, async ({ actor, body: { name } }) => {
    const { deviceCeiling } = policy.current
    const { account, secret } = await createAccount({ db, clock, deviceCeiling }, { name, actor: actorName(actor) })
    return { ...(await present(account)), secret }
  })

  serve(api.listAccounts, async ({ query: { limit = LIMIT, cursor, q, having } }) => {
    const [afterId] = cursor ? parseCursor(cursor, 1) : []
    const accounts = q ? await searchAccounts(db, q, limit, afterId) : await listAccounts(db, limit, afterId, having)
    const accountIds = accounts.map(({ accountId }) => accountId)
    const [quotas, callbacks, limits] = await Promise.all([
      listQuotas(db, accountIds),
      listCallbackSettings(db, accountIds),
      listLimits(db, accountIds),
    ])
    const last = accounts.at(limit - 1)
    return {
      items: accounts.map((account) => {
        const { accountId } = account
        const quota = quotas.get(accountId)
        if (!quota) throw new Error(`account ${accountId} has no device quota`)
        return toAccount(account, {
          quota,
          callback: callbacks.get(accountId),
          limits: limits.get(accountId) ?? DEFAULT_LIMITS,
        })
      }),
      next_cursor: last ? toCursor([last.accountId]) : null,
    }
  })

  serve(api.getAccount, async ({ params }) => present(await getAccountByAppid(db, params.appid)))

  serve(api.setAccountState, async ({ actor, params, body: { verified, frozen, secret_frozen: secretFrozen } }) => {
    const change = {
      ...(verified !== undefined && { verified }),
      ...(frozen !== undefined && { frozen }),
      ...(secretFrozen !== undefined && { secretFrozen }),
    }
    return present(await setAccountState(issuer, params.appid, change, actorName(actor)))
  })

  serve(api.rotateSecret, async ({ actor, params: { appid } }) => ({
    appid,
    secret: await rotateSecret(issuer, appid, actorName(actor)),
  }))

  serve(api.setCallback, async ({ actor, params, body }) => {
    const { url, token, encoding_aes_key: encodingAesKey = '', mode, format } = body
    const wanted = { url, token, encodingAesKey, mode, format }
    return toCallback(await setCallback(services, params.appid, wanted, actorName(actor)))
  })

  serve(api.setLimits, async ({ actor, params, body }) => {
    const { ip_allow: ipAllow, daily_limit: dailyLimit = null, minute_limit: minuteLimit = null } = body
    return toLimits(await setLimits(issuer, params.appid, { ipAllow, dailyLimit, minuteLimit }, actorName(actor)))
  })
}
