import { call, refusal, wholeNumber } from '../call.ts'
import { Type } from '../schema.ts'
import { shaped, weighted } from '../text.ts'
import { Audit, AuditStatus } from './audit-status.ts'
import { activatedCall, shakeRefusal } from './families.ts'

export const deviceBatches = {
  deviceApplyId: call({
    ...activatedCall,
    path: '/shakearound/device/applyid',
    summary: 'Apply for a batch of device IDs',
    request: Type.Object(
      {
        quantity: wholeNumber({ minimum: 1, ...refusal('batch.quantity_invalid') }),
        apply_reason: weighted(100, {
          minLength: 1,
          ...shaped('\\S', 'more than blanks'),
          ...refusal('batch.invalid'),
        }),
        comment: Type.Optional(weighted(15, refusal('device.comment_too_long'))),
        poi_id: Type.Optional(wholeNumber(refusal('store.invalid'))),
      },
      shakeRefusal,
    ),
    answer: Type.Object({ apply_id: wholeNumber(), audit_status: AuditStatus, audit_comment: Type.String() }),
    problems: [
      'shake.request_invalid',
      'batch.quantity_invalid',
      'batch.invalid',
      'batch.too_few_active',
      'batch.under_review',
      'device.comment_too_long',
      'device.quota_exceeded',
      'store.invalid',
    ],
  }),

  deviceApplyStatus: call({
    ...activatedCall,
    path: '/shakearound/device/applystatus',
    summary: 'Read how an application for devices stands',
    safe: true,
    request: Type.Object({ apply_id: wholeNumber(refusal('batch.unknown')) }, shakeRefusal),
    answer: Audit,
    problems: ['shake.request_invalid', 'batch.unknown'],
  }),
}
