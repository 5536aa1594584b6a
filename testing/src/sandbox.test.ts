import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { createSandbox } from './index.ts'

const FROZEN = { seed: 'demo', frozenAt: '2026-09-28T09:00+08:00' }

const AUDIT_CATEGORY = {
  audit_req: {
    license: ['https://example.com/licence.png'],
    category_info: { level1: 7419, level2: 7439, level3: 7448, certificate: ['https://example.com/certificate.png'] },
  },
}

const EVENT = 'open_product_category_audit'

describe('a sandbox in process', () => {
  test('carries an application through rejection, mending and approval, and calls back each time', async () => {
    await using sandbox = await createSandbox(FROZEN)
    const merchant = await sandbox.account({ activated: true })
    const receiver = await merchant.receiver({ mode: 'secure' })
    const first = await merchant.call('shop/audit/audit_category', AUDIT_CATEGORY)
    assert.equal(first.errcode, 0)
    await merchant.advance({ workingDays: 3 })
    assert.equal(merchant.now.toISOString(), '2026-10-08T15:59:59.999Z')
    await merchant.reject(first.audit_id, { reason: '营业执照不清晰' })
    const rejected = { audit_id: first.audit_id, status: 9, reject_reason: '营业执照不清晰' }
    await receiver.next({ event: EVENT, QualificationAuditResult: rejected })
    const second = await merchant.call('shop/audit/audit_category', AUDIT_CATEGORY)
    await merchant.approve(second.audit_id)
    await receiver.next({ event: EVENT, QualificationAuditResult: { audit_id: second.audit_id, status: 1 } })
  })

  test('gives two runs with the same seed the same bytes', async () => {
    const run = async () => {
      await using sandbox = await createSandbox(FROZEN)
      const merchant = await sandbox.account({ activated: true })
      const receiver = await merchant.receiver()
      await merchant.call('shop/audit/audit_category', AUDIT_CATEGORY)
      await merchant.approve()
      await receiver.next()
      return receiver.received
    }
    assert.deepEqual(await run(), await run())
  })

  test('listens on a port for who asks for its URL, and answers the same there', async () => {
    await using sandbox = await createSandbox()
    const url = await sandbox.url
    assert.equal(await sandbox.url, url)
    for (const answer of [await fetch(`${url}/livez`), await sandbox.fetch('http://any.test/livez')]) {
      assert.equal(answer.status, 200)
    }
  })

  test('is gone when it is closed, also twice', async () => {
    const sandbox = await createSandbox()
    const url = await sandbox.url
    await Promise.all([sandbox.close(), sandbox.close()])
    await assert.rejects(fetch(url))
  })
})
