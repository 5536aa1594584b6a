import { shopAudits } from '@shenpi/sdk/contract/wire'
import { parseAuditId } from '../../applications/application-id.ts'
import type { Services } from '../../services.ts'
import { AUDITED_KINDS, readAuditResult } from '../../shop-audits/read-audit-result.ts'
import type { ServeCall } from './serve-calls.ts'
import { toAuditResult } from './shop-audits.presenter.ts'

export function shopAuditsRoutes(serve: ServeCall, { db, review }: Services): void {
  serve(shopAudits.auditResult, async ({ account: { accountId }, reviewed, body }) => {
    const key = review.outcomes && parseAuditId(body.audit_id)
    if (key?.accountId === accountId)
      await reviewed(review).outcomes?.polled(review, accountId, { kinds: AUDITED_KINDS, ...key })
    return { data: toAuditResult(await readAuditResult(db, accountId, body.audit_id)) }
  })
}
