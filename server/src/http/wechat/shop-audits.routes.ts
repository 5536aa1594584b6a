import { shopAudits } from '@shenpi/sdk/contract/wire'
import type { Services } from '../../services.ts'
import { readAuditResult } from '../../shop-audits/read-audit-result.ts'
import type { ServeCall } from './serve-calls.ts'
import { toAuditResult } from './shop-audits.presenter.ts'

export function shopAuditsRoutes(serve: ServeCall, { db }: Services): void {
  serve(shopAudits.auditResult, async ({ account: { accountId }, body }) => {
    return { data: toAuditResult(await readAuditResult(db, accountId, body.audit_id)) }
  })
}
