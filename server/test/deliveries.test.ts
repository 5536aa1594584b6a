import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { type ApiDeliveryInFull, api } from '@shenpi/sdk/contract/api'
import { CALLBACK_FORMATS, type CallbackFormat, type CallbackMode, type Move } from '@shenpi/sdk/contract/states'
import { createAccount } from '../src/accounts/create-account.ts'
import { decideApplication } from '../src/applications/decide-application.ts'
import { submitApplication } from '../src/applications/submit-application.ts'
import { saveCallbackSetting } from '../src/callbacks/callback-setting.store.ts'
import { RETRY_GAPS_S } from '../src/callbacks/deliver-callback.ts'
import { deliveryQueue } from '../src/callbacks/delivery.queue.ts'
import { PLATFORM_OPENID } from '../src/callbacks/event.ts'
import { openComponent } from '../src/shop-access/change-shop-access.ts'
import { applyForCategory } from './apply-for-category.ts'
import { DATABASES } from './databases.ts'
import { aCategoryOf } from './factories.ts'
import { listen } from './listener.ts'
import { callBackTo, type Receiver, startReceiver } from './receiver.ts'
import { startTestServer, type TestServer } from './start-server.ts'
import { until } from './until.ts'

async function callBackAt(
  server: TestServer,
  receiver: Receiver,
  mode: CallbackMode = 'plain',
  format: CallbackFormat = 'json',
) {
  const { url, token, encodingAesKey } = receiver
  const key = mode === 'secure' ? { encoding_aes_key: encodingAesKey } : {}
  const body = { url, token, ...key, mode, format }
  return await server.api.call(api.setCallback, { params: { appid: server.sandbox.appid }, body })
}

/** Apply for a category and approve it. @returns the application's number */
async function approveCategory(server: TestServer, move: Move = 'approve'): Promise<number> {
  const { sandbox } = server
  const id = await applyForCategory(sandbox)
  const { apply_id } = await server.api.call(api.decideApplication, {
    params: { id },
    version: 1,
    body: { move, reason: '证件不清晰' },
  })
  return apply_id
}

const deliveryOf = (server: TestServer, number = 1): Promise<ApiDeliveryInFull> =>
  server.api.call(api.getDelivery, { params: { id: `${server.sandbox.accountId}-${number}` } })

/** Wait until the delivery has had so many attempts, and return it. */
async function tried(server: TestServer, tries: number, number = 1): Promise<ApiDeliveryInFull> {
  await until(async () => (await deliveryOf(server, number)).tries.length >= tries)
  return await deliveryOf(server, number)
}

/** Move the clock and let the workers look at once. */
function wait(server: TestServer, seconds: number) {
  server.clock.advance(seconds * 1000)
  deliveryQueue.wake(server.services.db, server.sandbox.accountId)
}

for (const kind of DATABASES) {
  describe(`callbacks on ${kind.name}`, () => {
    for (const mode of ['plain', 'secure'] as const) {
      for (const format of CALLBACK_FORMATS) {
        test(`arrive ${mode}, as ${format}, signed`, async () => {
          await using server = await startTestServer(kind)
          await using receiver = await startReceiver()
          await callBackAt(server, receiver, mode, format)
          await approveCategory(server, 'reject')
          const { message, contentType, query, body } = await receiver.waitFor(1)
          assert.equal(contentType, format === 'xml' ? 'text/xml' : 'application/json')
          assert.equal(message.Event, 'open_product_category_audit')
          assert.equal(message.CreateTime, Math.floor(server.clock.now().getTime() / 1000))
          assert.equal(message.QualificationAuditResult.reject_reason, '证件不清晰')
          assert.equal(query.timestamp, String(message.CreateTime))
          assert.equal(query.encrypt_type, mode === 'secure' ? 'aes' : undefined)
          assert.equal(body.includes('open_product_category_audit'), mode === 'plain')
          const delivery = await tried(server, 1)
          assert.equal(delivery.state, 'delivered')
          assert.equal(delivery.delivered_at, server.clock.now().toISOString())
          assert.equal(delivery.tries[0]?.outcome, 'success')
        })
      }
    }

    test('are repeated with the same message until they arrive', async () => {
      await using server = await startTestServer(kind)
      await using receiver = await startReceiver()
      const FAILURES = 5
      receiver.answer = (_, count) => (count <= FAILURES ? { status: 500, body: 'busy' } : { status: 200, body: '' })
      await callBackAt(server, receiver)
      await approveCategory(server)
      for (let tries = 1; tries <= FAILURES; tries += 1) {
        const delivery = await tried(server, tries)
        assert.equal(delivery.state, 'pending')
        const gap = RETRY_GAPS_S[tries - 1] ?? 0
        assert.equal(delivery.due_at, new Date(server.clock.now().getTime() + gap * 1000).toISOString())
        // A moment before the due time nothing is sent, so the next attempt that arrives is the due one.
        wait(server, gap - 1)
        wait(server, 1)
      }
      const delivery = await tried(server, FAILURES + 1)
      assert.equal(delivery.state, 'delivered')
      assert.equal(delivery.tries.length, FAILURES + 1)
      assert.deepEqual(delivery.tries[0], { ...delivery.tries[0], status: 500, outcome: 'busy', url: receiver.url })
      assert.equal(new Set(receiver.received.map(({ body }) => body)).size, 1)
      assert.equal(new Set(receiver.received.map(({ query }) => query.nonce)).size, FAILURES + 1)
    })

    test('fail after the last attempt, and are sent again when they are replayed', async () => {
      await using server = await startTestServer(kind)
      await using receiver = await startReceiver()
      receiver.answer = () => ({ status: 200, body: 'fail' })
      await callBackAt(server, receiver)
      await approveCategory(server)
      for (const [index, gap] of RETRY_GAPS_S.entries()) {
        await tried(server, index + 1)
        wait(server, gap)
      }
      const tries = RETRY_GAPS_S.length + 1
      const failed = await tried(server, tries)
      assert.equal(failed.state, 'failed')
      assert.equal(failed.due_at, null)
      wait(server, 24 * 3600)

      receiver.answer = () => ({ status: 200, body: 'success' })
      await server.api.call(api.replayDelivery, { params: { id: failed.id } })
      const replayed = await tried(server, tries + 1)
      assert.equal(replayed.state, 'delivered')
      assert.equal(replayed.attempts, 1)
      assert.equal(receiver.received.length, tries + 1)
      assert.deepEqual(receiver.received.at(-1)?.message, receiver.received[0]?.message)
    })

    test('delay no other merchant’s while the servers that they go to hang', async () => {
      await using server = await startTestServer(kind)
      await using hanging = await startReceiver()
      hanging.answer = () => ({ status: 200, body: '', hang: true })
      await using receiver = await startReceiver()
      const { services, sandbox } = server
      const { db, review, clock } = services
      const approve = async (accountId: number, level3: number) => {
        const application = await submitApplication(review, aCategoryOf(accountId, level3))
        await decideApplication(review, application, { move: 'approve', reason: '', actor: 'staff:li' })
      }
      const how = { token: hanging.token, encodingAesKey: '', mode: 'plain', format: 'json' } as const
      for (let merchant = 1; merchant <= 70; merchant += 1) {
        const created = await createAccount({ ...services, deviceCeiling: 1 }, { name: 'Acme', actor: 'test' })
        const { accountId } = created.account
        await openComponent(review, accountId, 'test')
        for (const level3 of [1, 2]) await approve(accountId, level3)
        await saveCallbackSetting(db, accountId, { url: hanging.url, ...how, verifiedAt: clock.installation() })
      }
      await callBackTo(server, sandbox, receiver)
      const before = receiver.received.length
      // All at once, so that none has ended when the other merchant's arrives.
      await db.updateTable('callback_delivery').set({ state: 'pending' }).where('state', '=', 'unaddressed').execute()
      await hanging.waitFor(65)
      await approve(sandbox.accountId, 1)
      await receiver.waitFor(before + 1)
      const ended = db.selectFrom('delivery_attempt').select('outcome').where('status', 'is', null)
      assert.deepEqual(await ended.execute(), [])
    })

    test('are found by the worker without being told', async () => {
      await using server = await startTestServer(kind)
      await using receiver = await startReceiver()
      receiver.answer = (_, count) => ({ status: count === 1 ? 503 : 200, body: '' })
      await callBackAt(server, receiver)
      await approveCategory(server)
      await tried(server, 1)
      server.clock.advance(5000)
      assert.equal((await tried(server, 2)).state, 'delivered')
    })

    test('carry one second and different senders when they are of decisions in one second', async () => {
      await using server = await startTestServer(kind)
      await using receiver = await startReceiver()
      await callBackAt(server, receiver)
      const second = Math.floor(server.clock.now().getTime() / 1000)
      for (const [index, step] of [0, 0, 0, -60, 120].entries()) {
        server.clock.advance(step * 1000)
        await approveCategory(server, 'reject')
        await tried(server, 1, index + 1)
      }
      const pushes = receiver.received.map(({ message: { CreateTime, FromUserName } }) => ({
        CreateTime,
        FromUserName,
      }))
      assert.deepEqual(
        pushes.map(({ CreateTime }) => CreateTime - second).sort((a, b) => a - b),
        [-60, 0, 0, 0, 60],
      )
      assert.equal(new Set(pushes.map(({ CreateTime, FromUserName }) => `${FromUserName} ${CreateTime}`)).size, 5)
      for (const { FromUserName } of pushes) assert.match(FromUserName, /^o[A-Za-z0-9_-]{27}$/)
      assert.equal(pushes.filter(({ FromUserName }) => FromUserName === PLATFORM_OPENID).length, 2)
    })

    test('wait for an address while there is none', async () => {
      await using server = await startTestServer(kind)
      await using receiver = await startReceiver()
      await approveCategory(server)
      const params = { id: `${server.sandbox.accountId}-1` }
      assert.equal((await deliveryOf(server)).state, 'unaddressed')
      await assert.rejects(server.api.call(api.replayDelivery, { params }), { code: 'delivery.unaddressed' })
      await callBackAt(server, receiver)
      await server.api.call(api.replayDelivery, { params })
      await receiver.waitFor(1)
      assert.equal((await tried(server, 1)).state, 'delivered')
    })

    test('wait for an address when theirs is removed before they are sent', async () => {
      await using server = await startTestServer(kind)
      await using receiver = await startReceiver()
      receiver.answer = () => ({ status: 500, body: '' })
      await callBackAt(server, receiver)
      await approveCategory(server)
      await tried(server, 1)
      await server.services.db.deleteFrom('callback_setting').execute()
      wait(server, 5)
      const delivery = await tried(server, 2)
      assert.equal(delivery.state, 'unaddressed')
      assert.match(delivery.tries[1]?.outcome ?? '', /no callback URL/)
    })

    test('do not follow a redirect', async () => {
      await using server = await startTestServer(kind)
      const paths: string[] = []
      await using merchant = await listen((request, response) => {
        paths.push(new URL(request.url ?? '', 'http://merchant').pathname)
        response.writeHead(302, { location: '/elsewhere' }).end()
      })
      const how = { token: 'abc', encodingAesKey: '', mode: 'plain', format: 'xml' } as const
      const setting = { url: `http://127.0.0.1:${merchant.port}/callback`, ...how, verifiedAt: server.clock.now() }
      await saveCallbackSetting(server.services.db, server.sandbox.accountId, setting)
      await approveCategory(server)
      const delivery = await tried(server, 1)
      assert.equal(delivery.state, 'pending')
      assert.equal(delivery.tries[0]?.status, 302)
      assert.deepEqual(paths, ['/callback'])
    })

    test('are repeated when the server does not listen', async () => {
      await using server = await startTestServer(kind)
      const how = { token: 'abc', encodingAesKey: '', mode: 'plain', format: 'xml' } as const
      const gone = await startReceiver()
      await gone[Symbol.asyncDispose]()
      const setting = { url: gone.url, ...how, verifiedAt: server.clock.now() }
      await saveCallbackSetting(server.services.db, server.sandbox.accountId, setting)
      await approveCategory(server)
      const delivery = await tried(server, 1)
      assert.equal(delivery.state, 'pending')
      assert.equal(delivery.tries[0]?.status, null)
      assert.ok(delivery.tries[0]?.outcome)
    })
  })

  describe(`an address for callbacks on ${kind.name}`, () => {
    test('is accepted after it answered the verification, and stands in the audit trail without its token', async () => {
      await using server = await startTestServer(kind)
      await using receiver = await startReceiver()
      const setting = await callBackAt(server, receiver, 'secure', 'xml')
      assert.deepEqual(setting, {
        url: receiver.url,
        mode: 'secure',
        format: 'xml',
        verified_at: server.clock.now().toISOString(),
      })
      const entries = await server.services.db.selectFrom('audit_entry').selectAll().execute()
      const entry = entries.find(({ action }) => action === 'account.set_callback')
      assert.deepEqual(JSON.parse(entry?.detail ?? ''), { url: receiver.url, mode: 'secure', format: 'xml' })
      assert.equal((await callBackAt(server, receiver, 'plain', 'json')).format, 'json')
    })

    for (const [what, url, code] of [
      ['is no URL', 'not a url', 'callback.url_refused'],
      ['is no web address', 'ftp://127.0.0.1/', 'callback.url_refused'],
      ['points to a private network', 'http://169.254.169.254/latest', 'callback.url_refused'],
    ] as const) {
      test(`is refused when it ${what}`, async () => {
        await using server = await startTestServer(kind)
        const body = { url, token: 'abc', mode: 'plain', format: 'xml' } as const
        const call = server.api.call(api.setCallback, { params: { appid: server.sandbox.appid }, body })
        await assert.rejects(call, { code })
      })
    }

    test('is refused when it answers something else, and the address before stays', async () => {
      await using server = await startTestServer(kind)
      await using receiver = await startReceiver()
      await callBackAt(server, receiver)
      const wrongToken = { ...receiver, token: 'AnotherToken' }
      await assert.rejects(callBackAt(server, wrongToken), { code: 'callback.unverified' })
      const { callback } = await server.api.call(api.getAccount, { params: { appid: server.sandbox.appid } })
      assert.equal(callback?.url, receiver.url)
    })

    test('needs a key in secure mode', async () => {
      await using server = await startTestServer(kind)
      await using receiver = await startReceiver()
      await assert.rejects(callBackAt(server, { ...receiver, encodingAesKey: '' }, 'secure'), {
        code: 'request.malformed',
      })
    })
  })
}

test('a receiver that does not answer within five seconds gets the message again', async () => {
  const [kind] = DATABASES
  assert.ok(kind)
  await using server = await startTestServer(kind)
  await using receiver = await startReceiver()
  receiver.answer = (_, count) => ({ status: 200, body: 'success', hang: count === 1 })
  await callBackAt(server, receiver)
  await approveCategory(server)
  const slow = await tried(server, 1)
  assert.equal(slow.state, 'pending')
  assert.equal(slow.tries[0]?.status, null)
  assert.ok((slow.tries[0]?.duration_ms ?? 0) >= 4900 && (slow.tries[0]?.duration_ms ?? 0) < 8000)
  wait(server, 5)
  assert.equal((await tried(server, 2)).state, 'delivered')
  assert.equal(receiver.received[0]?.body, receiver.received[1]?.body)
})
