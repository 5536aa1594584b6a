import { api } from '@shenpi/sdk/contract/api'
import { getAccountByAppid } from '../../accounts/account.store.ts'
import { actorName } from '../../actors/actor.ts'
import { resetAccount, resetAll } from '../../sandbox/state/reset-state.ts'
import type { Services } from '../../services.ts'
import type { ServeEndpoint } from './endpoint.ts'

/** Nothing is served outside a sandbox. @param serve past the gate, which these close */
export function sandboxStateRoutes(serve: ServeEndpoint, services: Services): void {
  const { db, sandbox } = services
  if (!sandbox) return
  const parts = { ...services, sandbox }

  serve(api.resetSandbox, async ({ actor, body: { appid } }) => {
    const tookMs = appid
      ? await resetAccount(parts, await getAccountByAppid(db, appid), actorName(actor))
      : await resetAll(parts, actorName(actor))
    return { appid: appid ?? null, took_ms: tookMs }
  })
}
