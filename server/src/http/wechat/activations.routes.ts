import { activations } from '@shenpi/sdk/contract/wire'
import { findActivation } from '../../activations/account-activation.kind.ts'
import { applyForActivation } from '../../activations/apply-for-activation.ts'
import { Problem } from '../../problem.ts'
import type { Services } from '../../services.ts'
import { toAudit } from './audit-status.presenter.ts'
import type { ServeCall } from './serve-calls.ts'

export function activationsRoutes(serve: ServeCall, { db, review, config }: Services): void {
  serve(activations.accountRegister, async ({ account, reviewed, body }) => {
    await applyForActivation(reviewed(review), account.accountId, body, { wholeEmail: config.mode === 'production' })
    return {}
  })

  serve(activations.accountAuditStatus, async ({ account, reviewed }) => {
    await reviewed(review).outcomes?.polled(review, account.accountId, { kinds: ['account_activation'] })
    const activation = await findActivation(db, account.accountId)
    if (!activation) throw new Problem('account.not_activated')
    return toAudit(activation)
  })
}
