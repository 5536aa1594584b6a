import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { sign } from '@shenpi/sdk/callbacks'
import { api } from '@shenpi/sdk/contract/api'
import { CALLBACK_MODES, type CallbackFormat, type CallbackMode } from '@shenpi/sdk/contract/states'
import type { MessageFields } from '../../src/callbacks/message-format.ts'
import { beaconOf } from '../../src/device-batches/beacon.ts'
import { applyForCategory } from '../apply-for-category.ts'
import { DATABASES } from '../databases.ts'
import { decide } from '../decide.ts'
import { bindPages, giveDevices, openShakeNearby, SCHEME } from '../shake-fixtures.ts'
import { startTestServer, type TestServer } from '../start-server.ts'
import { until } from '../until.ts'
import { type CoWechatReceiver, startCoWechat } from './co-wechat-receiver.ts'

const PERSON = 'o-AbCdEf0123456789'

async function callBackTo(
  server: TestServer,
  { url, token, encodingAesKey: encoding_aes_key }: CoWechatReceiver,
  mode: CallbackMode,
  format: CallbackFormat = 'xml',
) {
  const params = { appid: server.sandbox.appid }
  const body = { url, token, encoding_aes_key, mode, format }
  return await server.api.call(api.setCallback, { params, body })
}

/** Decide a category's application. @returns its delivery after the first attempt */
async function rejectCategory(server: TestServer) {
  const { sandbox, api: client } = server
  const audit_id = await applyForCategory(sandbox)
  const { id: application } = await decide(server, audit_id, 'reject', '证件不清晰')
  const { items } = await client.call(api.listDeliveries, { query: { application } })
  const params = { id: items[0]?.id ?? '' }
  await until(async () => (await client.call(api.getDelivery, { params })).tries.length > 0)
  return { audit_id, ...(await client.call(api.getDelivery, { params })) }
}

for (const kind of DATABASES) {
  describe(`co-wechat on ${kind.name}`, () => {
    test('receives decisions', async (t) => {
      await using server = await startTestServer(kind)
      for (const mode of CALLBACK_MODES) {
        await t.test(`receives decisions in ${mode} mode after it answered the verification`, async () => {
          await using receiver = await startCoWechat(server.sandbox.appid)
          await callBackTo(server, receiver, mode)
          assert.deepEqual(receiver.requests, ['GET 200'])

          const { audit_id, state, tries, message } = await rejectCategory(server)
          assert.deepEqual([state, tries.map(({ outcome }) => outcome)], ['delivered', ['']])
          assert.deepEqual(receiver.requests, ['GET 200', 'POST 200'])
          // co-wechat turns numbers into texts.
          const { CreateTime, ...common } = message as MessageFields
          const QualificationAuditResult = { audit_id, status: '9', audit_type: '2', reject_reason: '证件不清晰' }
          const expected = { ...common, CreateTime: String(CreateTime), QualificationAuditResult }
          assert.deepEqual(receiver.messages, [expected])
        })
      }
      for (const mode of ['plain', 'secure'] as const) {
        await t.test(`receives decisions in ${mode} mode when its handler answers a text`, async () => {
          await using receiver = await startCoWechat(server.sandbox.appid)
          await callBackTo(server, receiver, mode)
          // co-wechat wraps the answer in a text reply, which other receivers send as it is.
          receiver.reply = 'success'
          const { state, tries } = await rejectCategory(server)
          assert.equal(state, 'delivered')
          assert.match(tries[0]?.outcome ?? '', mode === 'plain' ? /^<xml><ToUserName>/ : /^<xml><Encrypt>/)
        })
      }
      await t.test('receives no decision as JSON, which it does not read', async () => {
        await using receiver = await startCoWechat(server.sandbox.appid)
        await callBackTo(server, receiver, 'plain', 'json')
        const { state, tries } = await rejectCategory(server)
        assert.deepEqual([state, tries[0]?.status, receiver.messages], ['pending', 500, []])
      })
      await t.test('receives no decision with another token', async () => {
        await using receiver = await startCoWechat(server.sandbox.appid)
        const elsewhere = { ...receiver, token: 'AnotherToken' }
        await assert.rejects(callBackTo(server, elsewhere, 'plain'), { code: 'callback.unverified' })
        assert.deepEqual(receiver.requests, ['GET 401'])
      })
    })

    test('receives shakes with no other beacon or with several, and never with one', async () => {
      await using server = await startTestServer(kind)
      const { accountId, appid } = server.sandbox
      await using receiver = await startCoWechat(appid)
      await callBackTo(server, receiver, 'secure')
      await openShakeNearby(server.services.db, accountId)
      const { firstDeviceId: first } = await giveDevices(server.services.db, accountId, { count: 3 })
      await bindPages(server.services, { accountId, deviceId: first }, [1])
      const around: unknown[] = []
      for (const count of [1, 2, 3]) {
        const beacons = Array.from({ length: count }, (_, index) => ({
          ...beaconOf(first + index, SCHEME),
          distance: index + 0.5,
        }))
        await server.api.call(api.shake, { body: { openid: PERSON, beacons } })
        await server.services.shakes.tally.flush()
        await until(() => receiver.messages.length === count)
        const { Event, ChosenBeacon, AroundBeacons } = receiver.messages[count - 1]
        assert.deepEqual([Event, ChosenBeacon.Distance], ['ShakearoundUserShake', '0.5'])
        around.push(AroundBeacons)
      }
      const [second, third] = [1, 2].map((index) => {
        const { uuid, major, minor } = beaconOf(first + index, SCHEME)
        return { Uuid: uuid, Major: String(major), Minor: String(minor), Distance: String(index + 0.5) }
      })
      assert.deepEqual(around, ['', '', { AroundBeacon: [second, third] }])
      await until(async () => {
        const { items } = await server.api.call(api.listDeliveries, { query: { appid, state: 'delivered' } })
        return items.length === 3
      })
    })
  })
}

test('co-wechat fails on exactly one AroundBeacon, so Shenpi never sends exactly one', async () => {
  await using receiver = await startCoWechat('wx5a6e70692d73616e')
  const query = new URLSearchParams({ timestamp: '1', nonce: '2', signature: sign([receiver.token, '1', '2']) })
  const beacon = '<AroundBeacon><Minor>7</Minor></AroundBeacon>'
  for (const beacons of [beacon, beacon + beacon]) {
    const body = `<xml><AroundBeacons>${beacons}</AroundBeacons></xml>`
    assert.equal((await fetch(`${receiver.url}?${query}`, { method: 'POST', body })).status, 200)
  }
  const one = { Minor: '7' }
  assert.deepEqual(receiver.messages, [
    { AroundBeacons: { AroundBeacon: one } },
    { AroundBeacons: { AroundBeacon: [one, one] } },
  ])
})
