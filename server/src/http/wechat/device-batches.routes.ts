import { deviceBatches } from '@shenpi/sdk/contract/wire'
import { findStanding } from '../../applications/application.store.ts'
import { submitApplication } from '../../applications/submit-application.ts'
import { Problem } from '../../problem.ts'
import type { Services } from '../../services.ts'
import { toAudit } from './audit-status.presenter.ts'
import { toApplyResult } from './device-batches.presenter.ts'
import type { ServeCall } from './serve-calls.ts'

export function deviceBatchesRoutes(serve: ServeCall, { db, review, policy }: Services): void {
  serve(deviceBatches.deviceApplyId, async ({ account, reviewed, body }) => {
    const { quantity, apply_reason, comment = '', poi_id = 0 } = body
    const payload = { quantity, apply_reason, comment, poi_id }
    const submitted = { accountId: account.accountId, kind: 'device_batch' as const, payload }
    const application = await submitApplication(reviewed(review), submitted)
    return toApplyResult(application, { isQuick: quantity <= policy.current.quickReviewMax })
  })

  serve(deviceBatches.deviceApplyStatus, async ({ account, reviewed, body }) => {
    const key = { accountId: account.accountId, applicationNo: body.apply_id }
    await reviewed(review).outcomes?.polled(review, key.accountId, {
      kinds: ['device_batch'],
      applicationNo: key.applicationNo,
    })
    const application = await findStanding(db, key)
    if (application?.kind !== 'device_batch') throw new Problem('batch.unknown')
    return toAudit(application)
  })
}
