import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { aCategory } from 'shenpi-conformance/requests'
import { createSandbox } from './index.ts'

const FROZEN = { seed: 'demo', frozenAt: '2026-09-28T09:00+08:00' }

const AUDIT_CATEGORY = aCategory(['https://example.com/licence.png'], ['https://example.com/certificate.png'])

const EVENT = 'open_product_category_audit'

describe('a sandbox in process', () => {
  test('carries an application through three working days, rejection, mending and approval, and calls back', async () => {
    await using sandbox = await createSandbox(FROZEN)
    const merchant = await sandbox.account({ activated: true })
    const receiver = await merchant.receiver({ mode: 'secure' })
    const outcome = '[reject:营业执照不清晰;after=3wd]'
    const first = await merchant.call('shop/audit/audit_category', AUDIT_CATEGORY, { outcome })
    assert.equal(first.errcode, 0)
    const happened = await merchant.advance({ workingDays: 3 })
    assert.ok(happened.some(({ type, text }) => type === 'callback' && text.startsWith(EVENT)))
    const rejected = { audit_id: first.audit_id, status: 9, reject_reason: '营业执照不清晰' }
    await receiver.next({ event: EVENT, QualificationAuditResult: rejected })
    const second = await merchant.call('shop/audit/audit_category', AUDIT_CATEGORY)
    await merchant.approve(second.audit_id)
    await receiver.next({ event: EVENT, QualificationAuditResult: { audit_id: second.audit_id, status: 1 } })
  })

  test('decides by rules of an account and of all', async () => {
    await using sandbox = await createSandbox(FROZEN)
    const [one, other] = [await sandbox.account({ activated: true }), await sandbox.account({ activated: true })]
    await one.rule('reject', { outcome: { move: 'reject', reason: 'no' } })
    await sandbox.rule('approve', { outcome: { move: 'approve' } })
    const statusOf = async (merchant: typeof one) => {
      const { audit_id } = await merchant.call('shop/audit/audit_category', AUDIT_CATEGORY)
      return (await merchant.call('shop/audit/result', { audit_id })).data.status
    }
    assert.deepEqual([await statusOf(one), await statusOf(other)], [9, 1])
  })

  test('cuts a connection that there is not, and keeps what was done', async () => {
    await using sandbox = await createSandbox(FROZEN)
    const merchant = await sandbox.account({ activated: true })
    const fault = await merchant.fault({ scenario: 'answer-lost' })
    await assert.rejects(merchant.call('shop/audit/audit_category', AUDIT_CATEGORY), { code: 'ECONNRESET' })
    assert.equal(await fault.hits(), 1)
    assert.equal((await merchant.call('shop/audit/audit_category', AUDIT_CATEGORY)).errcode, 1050009)
  })

  test('is answered by a receiver as by a server: by a text, an error, or nothing', async () => {
    await using sandbox = await createSandbox(FROZEN)
    const merchant = await sandbox.account({ activated: true })
    const receiver = await merchant.receiver({ answer: () => 'no' })
    await merchant.call('shop/audit/audit_category', AUDIT_CATEGORY)
    await merchant.approve()
    await receiver.next()
    const answers = [() => assert.fail('of the test itself'), () => undefined, () => 'success']
    const told: string[] = []
    for (const answer of answers) {
      receiver.answer(answer)
      told.push(...(await merchant.advance()).map(({ text }) => text))
    }
    assert.deepEqual(
      told.map((text) => text.replace(`${EVENT}: `, '')),
      ['500 of the test itself', '– receiver-1.test did not answer.', '200 success'],
    )
  })

  test('calls the wire by the typed client, which throws refusals and repeats nothing', async () => {
    await using sandbox = await createSandbox(FROZEN)
    const merchant = await sandbox.account({ activated: true })
    const { wire } = merchant
    await assert.rejects(wire.shopAudits.auditResult({ audit_id: 'x' }), { name: 'WireError' })
    const fault = await merchant.fault({ effect: { type: 'errcode', errcode: -1 }, times: 1 })
    await assert.rejects(wire.categories.catGet(), { errcode: -1 })
    await fault.remove()
    assert.ok((await wire.categories.catGet()).third_cat_list.length > 0)
    await merchant.advance({ days: 1 })
    assert.ok((await wire.categories.catGet()).third_cat_list.length > 0)
  })

  test('lets no time pass that is none, and says so', async () => {
    await using sandbox = await createSandbox(FROZEN)
    const merchant = await sandbox.account()
    for (const passing of [{ hours: Number.NaN }, { days: 1e9 }]) {
      await assert.rejects(merchant.advance(passing), /^Error: advance: \{ .* \} is no time that could pass$/)
    }
    await assert.rejects(merchant.advance({ to: '2026-09-29' }), /^Error: to: "2026-09-29" is no time with its zone/)
    assert.equal(merchant.now.toISOString(), '2026-09-28T01:00:00.000Z')
  })

  test('gets a new token when the old one has ended, and answers a fault that says so as it comes', async () => {
    await using sandbox = await createSandbox(FROZEN)
    const merchant = await sandbox.account({ activated: true })
    const call = async () => (await merchant.call('shop/account/get_brand_list', {})).errcode
    assert.equal(await call(), 0)
    await merchant.advance({ days: 1 })
    assert.equal(await call(), 0)
    await merchant.fault({ effect: { type: 'errcode', errcode: 42001 }, times: 1 })
    assert.deepEqual([await call(), await call()], [42001, 0])
  })

  test('fails a test whose fault never struck, when it is closed or the fault taken away', async () => {
    const sandbox = await createSandbox(FROZEN)
    const merchant = await sandbox.account()
    await merchant.fault({ name: 'lost', scenario: 'answer-lost' })
    const other = await sandbox.fault({ scenario: 'busy' })
    await assert.rejects(other.remove(), /^AssertionError.*: fault-2 never struck/)
    await assert.rejects(sandbox.close(), /^AssertionError.*: lost never struck/)
  })

  test('goes back to a snapshot, of everything or of an account, with its clock', async () => {
    await using sandbox = await createSandbox(FROZEN)
    const merchant = await sandbox.account({ activated: true })
    const receiver = await merchant.receiver()
    for (const snapshot of [await sandbox.snapshot(), await merchant.snapshot()]) {
      await merchant.advance({ days: 1 })
      assert.equal((await merchant.call('shop/audit/audit_category', AUDIT_CATEGORY)).errcode, 0)
      await merchant.approve()
      await receiver.next({ event: EVENT })
      await snapshot.restore()
      assert.equal(merchant.now.toISOString(), '2026-09-28T01:00:00.000Z')
    }
    assert.equal((await merchant.call('shop/audit/audit_category', AUDIT_CATEGORY)).errcode, 0)
  })

  test('begins anew by a reset, at the time at which it was opened', async () => {
    await using sandbox = await createSandbox(FROZEN)
    const sample = await sandbox.sample()
    await sample.fault({ scenario: 'answer-slow', match: { paths: ['/shop/cat/get'] } })
    for (let turn = 0; turn < 2; turn += 1) {
      assert.equal((await sample.call('shop/audit/audit_category', AUDIT_CATEGORY)).errcode, 0)
      await sample.advance({ workingDays: 3 })
      await sandbox.reset()
      assert.equal(sample.now.toISOString(), '2026-09-28T01:00:00.000Z')
    }
    await assert.rejects(sample.approve(), /No application is open/)
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
