import { AssertionError } from 'node:assert'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aCategory } from 'shenpi-conformance/requests'
import { createSandbox } from './index.ts'

const FROZEN = { seed: 'demo', frozenAt: '2026-09-28T09:00+08:00' }

const AUDIT_CATEGORY = aCategory(['https://example.com/licence.png'], ['https://example.com/certificate.png'])

test('a callback that does not come is missed with what came instead, rules, clock, requests and how to look further', async () => {
  await using sandbox = await createSandbox(FROZEN)
  const merchant = await sandbox.account({ activated: true })
  const receiver = await merchant.receiver()
  await merchant.rule('reject', { outcome: { move: 'reject', reason: '不清晰' }, when: { working_days: 3 } })
  const { audit_id } = await merchant.call('shop/audit/audit_category', AUDIT_CATEGORY)
  await merchant.approve(audit_id)
  await merchant.call('shop/audit/audit_category', AUDIT_CATEGORY)
  const expected = { event: 'open_product_category_audit', QualificationAuditResult: { status: 9, audit_id } }
  const error = await receiver.next(expected, { withinMs: 0 }).catch((reason: unknown) => reason)
  assert.ok(error instanceof AssertionError)
  assert.deepEqual(error.expected, expected)
  assert.equal(Object(error.actual).QualificationAuditResult.status, 1)
  const lines = error.message.split('\n')
  const shown = lines.map((line) => line.replaceAll(/ rid:? [0-9a-f-]+/g, ' rid').replace(audit_id, 'ID'))
  assert.deepEqual(shown, [
    `No callback said ${JSON.stringify(expected).replace(audit_id, 'ID')}`,
    `to ${merchant.appid} until 2026-09-28 09:00:00 (UTC+8), its time, and 0 ms of the machine's.`,
    '',
    'The nearest of 1 that came:',
    '  ✓ Event "open_product_category_audit"',
    '  ✗ QualificationAuditResult.status 1, not 9',
    '  ✓ QualificationAuditResult.audit_id "ID"',
    '',
    'Rules: reject (hits: 1).',
    'Its clock shows 2026-09-28 09:00:00 (UTC+8) and stands still; next is due, at 2026-10-08 23:59:59: outcomes.',
    '',
    'Its last requests:',
    '  2026-09-28 09:00:00 /shop/audit/audit_category {"errcode":0,"errmsg":"ok","audit_id":"ID"} rid',
    '  2026-09-28 09:00:00 /shop/audit/audit_category {"errcode":1050003,"errmsg":"the category is already approved rid"} rid',
    '',
    "To look further: createSandbox({ keep: '/tmp/sandbox' }), and then DATA_DIR=/tmp/sandbox npx shenpi serve.",
  ])
})
