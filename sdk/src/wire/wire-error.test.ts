import assert from 'node:assert/strict'
import { test } from 'node:test'
import { WIRE_CALLS } from '../calls/wire.ts'
import { WireError } from './wire-error.ts'

const { tokens, deviceBatches, categories } = WIRE_CALLS

const NAMES = [
  [tokens.stableToken, 45009, 'token.refresh_quota'],
  [deviceBatches.deviceApplyId, 45009, 'quota.daily'],
  [deviceBatches.deviceApplyId, 9001020, 'account.not_activated'],
  [categories.auditCategory, 1050009, 'category.under_review'],
  [categories.auditCategory, 48001, 'shop.not_open'],
  [categories.auditCategory, 1, undefined],
] as const

for (const [call, errcode, problem] of NAMES) {
  test(`names ${errcode} of ${call.path} ${problem ?? 'by no problem'}`, () => {
    assert.equal(new WireError(call, { errcode, errmsg: '' }).problem, problem)
  })
}
