import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { DATABASES } from '../databases.ts'
import { decide } from '../decide.ts'
import { aBatch, aCategory, aFile, aPicture, aRegistration } from '../factories.ts'
import { callBackTo, startReceiver } from '../receiver.ts'
import { startTestServer } from '../start-server.ts'

for (const kind of DATABASES) {
  describe(`the three flows on ${kind.name}`, () => {
    test('open Shake Nearby for an account that is rejected, applies again and is approved', async () => {
      await using server = await startTestServer(kind)
      const { sandbox } = server
      const status = async () => (await sandbox.get('/shakearound/account/auditstatus')).json.data
      assert.equal((await sandbox.post('/shakearound/account/register', aRegistration())).json.errcode, 0)
      assert.equal((await status()).audit_status, 1)
      assert.equal((await sandbox.post('/shakearound/account/register', aRegistration())).json.errcode, 9001048)

      await decide(server, '1-1', 'reject', 'the licence cannot be read')
      assert.deepEqual((await status()).audit_comment, 'the licence cannot be read')
      assert.equal((await status()).audit_status, 0)

      assert.equal((await sandbox.post('/shakearound/account/register', aRegistration())).json.errcode, 0)
      const again = await decide(server, '1-2', 'approve')
      assert.equal(again.resubmission_of, '1-1')
      assert.equal((await status()).audit_status, 2)
      assert.equal((await sandbox.post('/shakearound/account/register', aRegistration())).json.errcode, 9001048)
    })

    test('list the devices of a large batch after staff approved it', async () => {
      await using server = await startTestServer(kind, { env: { SANDBOX_APPROVE: 'all' } })
      const { sandbox } = server
      const quick = await sandbox.post('/shakearound/device/applyid', aBatch({ quantity: 500 }))
      assert.equal(quick.json.data.audit_status, 2)
      const slow = await sandbox.post('/shakearound/device/applyid', aBatch({ quantity: 501 }))
      assert.equal(slow.json.data.audit_status, 1)
      const { apply_id } = slow.json.data
      const list = async () =>
        (await sandbox.post('/shakearound/device/search', { type: 3, apply_id, last_seen: 0, count: 50 })).json.data
      assert.deepEqual(await list(), { devices: [], total_count: 500 })

      await decide(server, `1-${apply_id}`, 'approve')
      const { devices, total_count } = await list()
      assert.equal(total_count, 1001)
      assert.deepEqual(
        devices.map(({ device_id }: { device_id: number }) => device_id),
        Array.from({ length: 50 }, (_, index) => 501 + index),
      )
    })

    test('grant a category that was applied for with uploaded pictures, and call the merchant back', async () => {
      await using server = await startTestServer(kind)
      await using receiver = await startReceiver()
      const { sandbox } = server
      await callBackTo(server, sandbox, receiver, { mode: 'secure' })
      const picture = aFile(await aPicture())
      const uploaded = await sandbox.upload('/shop/img/upload', picture, { resp_type: '1', upload_type: '0' })
      const link = uploaded.json.img_info.temp_img_url
      assert.equal((await fetch(link)).headers.get('content-type'), 'image/png')

      const applied = await sandbox.post('/shop/audit/audit_category', aCategory([link], [link]))
      const { audit_id } = applied.json
      assert.match(audit_id, /^[\w-]{22}$/)
      await decide(server, audit_id, 'reject', '证件不清晰')

      const { message } = await receiver.waitFor(1)
      assert.equal(message.Event, 'open_product_category_audit')
      assert.equal(message.QualificationAuditResult.audit_id, audit_id)
      assert.equal(message.QualificationAuditResult.status, 9)
      assert.equal(message.QualificationAuditResult.reject_reason, '证件不清晰')
      const result = await sandbox.post('/shop/audit/result', { audit_id })
      assert.deepEqual(result.json.data, { status: 9, brand_id: 0, reject_reason: '证件不清晰' })
    })
  })
}
