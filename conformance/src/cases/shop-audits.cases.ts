import { shopAudits } from '@shenpi/sdk/contract/wire/shop-audits'
import type { Story } from '../case.ts'
import { NO_OBJECTS, NO_TEXTS, refused } from '../refused.ts'

const { auditResult } = shopAudits

/** Source: docs/protocol/shops.md, audit/result. */
export const SHOP_AUDITS_STORY: Story = {
  subject: 'shop-audits',
  cases: [
    ...refused(auditResult, 'merchant', 40097, NO_OBJECTS),
    ...refused(auditResult, 'merchant', 990007, [
      ['an empty object', {}],
      ['null', { audit_id: null }],
    ]),
    ...refused(auditResult, 'merchant', 1050005, [
      ...NO_TEXTS.map(([name, audit_id]) => [name, { audit_id }] as const),
      ['empty', { audit_id: '' }],
      ['audit_id of the published example', { audit_id: 'RQAAAPX1nuJsAAAAFTrfXW' }],
      ['of 64 characters', { audit_id: 'A'.repeat(64) }],
      ['of 65 characters', { audit_id: 'A'.repeat(65) }],
      ['longer than any', { audit_id: 'A'.repeat(4000) }],
      ['with U+0000', { audit_id: 'RQAAAPX1nuJsAAAAFTrfX\u0000' }],
      ['the number of the native API', { audit_id: '1-2' }],
      ["another account's", { audit_id: '{strangersAuditId}' }],
      ['of a batch of devices', { audit_id: '{batchAsAuditId}' }],
      ['of an application that never was', { audit_id: '{nobodysAuditId}' }],
    ]),
  ],
}
