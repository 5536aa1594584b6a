import { api } from '@shenpi/sdk/contract/api'
import { getAccountByAppid } from '../../accounts/account.store.ts'
import { actorKey, actorName } from '../../actors/actor.ts'
import { findLatestApplication } from '../../applications/application.store.ts'
import { toApplicationId } from '../../applications/application-id.ts'
import { submitApplication } from '../../applications/submit-application.ts'
import { summarizeApplication } from '../../applications/summarize-application.ts'
import { tryBatch } from '../../device-batches/try-batch.ts'
import { DEVICE_QUOTA_SUBJECT } from '../../device-quota/device-quota.kind.ts'
import { getQuota } from '../../device-quota/device-quota.store.ts'
import { listLedger } from '../../device-quota/quota-ledger.store.ts'
import type { Services } from '../../services.ts'
import { toApplication } from './applications.presenter.ts'
import { parseCursor, toCursor } from './cursor.ts'
import { toLedgerEntry } from './device-quota.presenter.ts'
import type { ServeEndpoint } from './endpoint.ts'

const LIMIT = 50

export function deviceQuotaRoutes(serve: ServeEndpoint, { db, review, clock, policy }: Services): void {
  serve(api.getDeviceQuota, async ({ params, query: { limit = LIMIT, cursor, quantity } }) => {
    const { accountId } = await getAccountByAppid(db, params.appid)
    const [at = 0, applicationNo = 0] = cursor ? parseCursor(cursor, 2) : []
    const entries = await listLedger(review, accountId, limit, cursor ? { at, applicationNo } : undefined)
    const last = entries.at(limit - 1)
    const quota = await getQuota(db, accountId)
    const latest = await findLatestApplication(db, { accountId, kind: 'device_quota', subject: DEVICE_QUOTA_SUBJECT })
    return {
      ...quota,
      remaining: quota.ceiling - quota.allocated,
      under_review: latest?.state === 'under_review' ? toApplicationId(latest) : null,
      dry_run: quantity ? await tryBatch(db, accountId, quota, quantity, policy.current) : null,
      ledger: {
        items: entries.map(toLedgerEntry),
        next_cursor: last ? toCursor([last.at.getTime(), last.applicationNo]) : null,
      },
    }
  })

  serve(api.applyForDeviceQuota, async ({ actor, params: { appid }, body: payload }) => {
    const { accountId, name } = await getAccountByAppid(db, appid)
    const application = await submitApplication(review, {
      accountId,
      kind: 'device_quota',
      payload,
      actor: actorName(actor),
    })
    const summary = await summarizeApplication(review, application)
    return toApplication(application, {
      appid,
      name,
      summary,
      now: clock.now(accountId),
      calendar: review.calendar(),
      actorKey: actorKey(actor),
    })
  })
}
