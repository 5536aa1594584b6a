import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { inspect } from 'node:util'
import { readPush } from '@shenpi/sdk/callbacks'
import { ApiProblem, createApiClient } from '@shenpi/sdk/client'
import { api } from '@shenpi/sdk/contract/api'
import { type Move, TOKEN_KINDS } from '@shenpi/sdk/contract/states'
import { devices } from '@shenpi/sdk/contract/wire/devices'
import { createWireClient, type TokenStore, UnansweredError, type WireClientOptions, WireError } from '@shenpi/sdk/wire'
import { DATABASES } from './databases.ts'
import { aBatch, aCategory, aFile, aPicture, aRegistration } from './factories.ts'
import { type Misbehave, refuseWith, startMisbehavingPlatform } from './misbehaving-platform.ts'
import { startReceiver } from './receiver.ts'
import { startTestServer, type TestServer, type TestServerOptions } from './start-server.ts'

type Fetch = typeof globalThis.fetch

/** The sandbox's account through the client, and the paths that it calls. */
function connect(server: TestServer, options: Partial<WireClientOptions> = {}) {
  const { appid, secret } = server.sandbox
  const paths: string[] = []
  const counting: Fetch = (url, init) => {
    paths.push(new URL(String(url)).pathname)
    return fetch(url, init)
  }
  const wire = createWireClient({ url: server.url, appid, secret, fetch: counting, ...options })
  return { wire, paths }
}

const opened: TestServerOptions = { env: { SANDBOX_APPROVE: 'all' } }
const refusal = (errcode: number) => (error: unknown) => error instanceof WireError && error.errcode === errcode

async function decide({ api }: TestServer, id: string, move: Move, reason = '') {
  const { version } = await api.getApplication({ params: { id } })
  return await api.decideApplication({ params: { id }, version, body: { move, reason } })
}

for (const kind of DATABASES) {
  describe(`the client on ${kind.name}`, () => {
    test('opens Shake Nearby', async () => {
      await using server = await startTestServer(kind)
      const { wire } = connect(server)
      const certificate = await wire.pictures.materialAdd({ media: await aPicture(), type: 'license' })
      const qualification_cert_urls = [certificate.pic_url]
      await wire.activations.accountRegister({ ...aRegistration(), qualification_cert_urls })
      assert.equal((await wire.activations.accountAuditStatus()).audit_status, 1)
      await assert.rejects(wire.activations.accountRegister(aRegistration()), (error) => {
        assert.ok(error instanceof WireError)
        assert.equal(error.problem, 'activation.closed')
        assert.equal(error.path, '/shakearound/account/register')
        assert.match(error.rid ?? '', /^[0-9a-f-]{26}$/)
        return true
      })
      await decide(server, '1-1', 'approve')
      assert.equal((await wire.activations.accountAuditStatus()).audit_status, 2)
    })

    test('applies for devices and lists them', async () => {
      await using server = await startTestServer(kind, opened)
      const { wire } = connect(server)
      const { apply_id, audit_status } = await wire.deviceBatches.deviceApplyId(aBatch({ quantity: 501 }))
      assert.equal(audit_status, 1)
      await decide(server, `1-${apply_id}`, 'approve')
      assert.equal((await wire.deviceBatches.deviceApplyStatus({ apply_id })).audit_status, 2)
      const found = await wire.call(devices.deviceSearch, { type: 3, apply_id, last_seen: 0, count: 2 })
      assert.deepEqual([found.devices.length, found.total_count], [2, 501])
    })

    test('applies for a category with pictures, and reads the callback on a merchant’s server', async () => {
      await using server = await startTestServer(kind)
      await using receiver = await startReceiver()
      const { wire } = connect(server)
      const { url, token, encodingAesKey } = receiver
      const { appid } = server.sandbox
      const callback = { url, token, encoding_aes_key: encodingAesKey, mode: 'secure', format: 'xml' } as const
      await server.api.setCallback({ params: { appid }, body: callback })
      const picture = { media: aFile(await aPicture()), resp_type: 1, upload_type: 0 }
      const { img_info } = await wire.pictures.imgUpload(picture)
      const link = img_info.temp_img_url
      const { third_cat_list } = await wire.categories.catGet()
      assert.ok(third_cat_list.length > 0)
      const { audit_id } = await wire.categories.auditCategory(aCategory([link], [link]))
      await decide(server, audit_id, 'reject', '证件不清晰')
      assert.equal((await wire.shopAudits.auditResult({ audit_id })).data.reject_reason, '证件不清晰')

      const { query, body } = await receiver.waitFor(1)
      const message = readPush({ query, body, token, encodingAesKey, appid })
      assert.equal(message.Event, 'open_product_category_audit')
      assert.equal(message.QualificationAuditResult.audit_id, audit_id)
      assert.equal(message.QualificationAuditResult.status, 9)
      assert.throws(() => readPush({ query, body, token, encodingAesKey, appid: 'wx0' }), /another account/)
    })

    test('requests one token for a hundred calls at once', async () => {
      await using server = await startTestServer(kind, opened)
      const { wire, paths } = connect(server)
      await Promise.all(Array.from({ length: 100 }, () => wire.devices.deviceSearch({ type: 2, last_seen: 0 })))
      assert.deepEqual(
        paths.filter((path) => path.startsWith('/cgi-bin/')),
        ['/cgi-bin/stable_token'],
      )
    })

    for (const tokens of TOKEN_KINDS) {
      test(`renews an expired ${tokens} token, by the clock or when it is refused, and completes the call`, async () => {
        await using server = await startTestServer(kind, opened)
        const path = tokens === 'stable' ? '/cgi-bin/stable_token' : '/cgi-bin/token'
        const slow = connect(server, { tokens, now: () => 0 })
        const exact = connect(server, { tokens, now: () => server.clock.now().getTime() })
        for (const { wire } of [slow, exact]) await wire.deviceBatches.deviceApplyId(aBatch())
        server.clock.advance(3 * 3_600_000)
        const submit = () => slow.wire.deviceBatches.deviceApplyId(aBatch())
        const { apply_id } = await submit()
        await exact.wire.deviceBatches.deviceApplyId(aBatch())
        const apply = '/shakearound/device/applyid'
        assert.deepEqual(slow.paths, [path, apply, apply, path, apply], 'a client whose clock stands is refused first')
        assert.deepEqual(exact.paths, [path, apply, path, apply], 'one that knows the time renews by itself')
        assert.ok(apply_id > 0)
      })
    }

    test('continues after a rotated secret with the new one, and reports a refusal without', async () => {
      await using server = await startTestServer(kind, opened)
      let { secret } = server.sandbox
      const informed = connect(server, { secret: () => secret })
      const uninformed = connect(server)
      const search = { type: 2, last_seen: 0 }
      for (const { wire } of [informed, uninformed]) await wire.devices.deviceSearch(search)
      const rotated = await server.api.rotateSecret({ params: { appid: server.sandbox.appid } })
      secret = rotated.secret
      await informed.wire.devices.deviceSearch(search)
      await assert.rejects(uninformed.wire.devices.deviceSearch(search), (error) => {
        assert.ok(error instanceof WireError)
        assert.equal(error.problem, 'credential.secret_invalid')
        assert.doesNotMatch(inspect(error, { depth: 9 }), new RegExp(`${server.sandbox.secret}|access_token=`))
        return true
      })
    })

    test('answers what the contract of the native API says, and throws its problems', async () => {
      await using server = await startTestServer(kind)
      const { api: client } = server
      const created = await client.createAccount({ body: { name: 'Acme' } })
      const { items } = await client.listAccounts({ query: { limit: 1 } })
      assert.equal(items.length, 1)
      assert.deepEqual(await client.call(api.listApplications), { items: [], next_cursor: null })
      assert.equal((await client.getAccount({ params: { appid: created.appid } })).name, 'Acme')
      await assert.rejects(client.getApplication({ params: { id: '9-9' } }), (error) => {
        return error instanceof ApiProblem && error.code === 'application.unknown' && error.status === 404
      })
    })
  })
}

/** A client of a platform that a test controls. */
async function misbehaving(misbehave: Misbehave, options: Partial<WireClientOptions> = {}) {
  const platform = await startMisbehavingPlatform(misbehave)
  const { url } = platform
  const wire = createWireClient({ url, appid: 'wx0123456789abcdef', secret: 'a-secret', gapsMs: [1, 2, 3], ...options })
  return { ...platform, wire }
}

describe('the client of a platform that misbehaves', () => {
  test('repeats a read after -1, and never a submission', async () => {
    await using platform = await misbehaving(refuseWith(-1))
    await assert.rejects(platform.wire.categories.catGet(), refusal(-1))
    assert.equal(platform.calls.length, 4)
    await assert.rejects(platform.wire.deviceBatches.deviceApplyId(aBatch()), refusal(-1))
    assert.equal(platform.calls.length, 5)
  })

  test('repeats a read after a broken connection, and never a submission', async () => {
    await using platform = await misbehaving((_request, response, count) => {
      if (count === 3) response.end('{"errcode":0,"third_cat_list":[]}')
      else response.destroy()
    })
    assert.deepEqual(await platform.wire.categories.catGet(), { third_cat_list: [] })
    assert.equal(platform.calls.length, 3)
    await assert.rejects(platform.wire.deviceBatches.deviceApplyId(aBatch()), (error) => {
      assert.ok(error instanceof UnansweredError)
      assert.doesNotMatch(inspect(error, { depth: 9 }), /token\d|a-secret/)
      return true
    })
    assert.equal(platform.calls.length, 4)
  })

  test("repeats nothing after any other refusal or an answer that is not the platform's", async () => {
    await using platform = await misbehaving((request, response, count) => {
      if (count === 1) refuseWith(45011)(request, response, count)
      else response.writeHead(404).end('<html>nothing here</html>')
    })
    await assert.rejects(platform.wire.categories.catGet(), refusal(45011))
    await assert.rejects(platform.wire.categories.catGet(), { name: 'UnansweredError', status: 404 })
    assert.equal(platform.calls.length, 2)
  })

  test('replaces a refused token and repeats the call once, also a submission or an upload', async () => {
    for (const errcode of [40001, 40014, 42001]) {
      await using platform = await misbehaving((request, response, count) => {
        if (count === 1) refuseWith(errcode)(request, response, count)
        else response.end('{"errcode":0,"data":{"pic_url":"x"}}')
      })
      assert.deepEqual(await platform.wire.pictures.materialAdd({ media: await aPicture() }), { pic_url: 'x' })
      const path = '/shakearound/material/add'
      assert.deepEqual(platform.calls, [`${path} token1`, `${path} token2`])
    }
    await using stubborn = await misbehaving(refuseWith(40001))
    await assert.rejects(stubborn.wire.deviceBatches.deviceApplyId(aBatch()), refusal(40001))
    assert.equal(stubborn.calls.length, 2)
  })

  test('follows no redirect, which would carry the token away', async () => {
    await using elsewhere = await misbehaving((_request, response) => response.end('{"errcode":0}'))
    await using platform = await misbehaving((_request, response) =>
      response.writeHead(307, { location: elsewhere.url }).end(),
    )
    const told = { name: 'UnansweredError', reason: 'a redirect, which is not followed', status: 307 }
    await assert.rejects(platform.wire.deviceBatches.deviceApplyId(aBatch()), told)
    await assert.rejects(platform.wire.categories.catGet(), told)
    assert.equal(platform.calls.length, 2, 'another try of a read would be sent away as well')
    assert.equal(elsewhere.calls.length, 0)
  })

  test('ends a call at its deadline, and at once when its caller aborts it', async () => {
    const { promise: arrived, resolve: arrive } = Promise.withResolvers<void>()
    await using platform = await misbehaving((_request, _response, count) => {
      if (count === 2) arrive()
    })
    await assert.rejects(platform.wire.deviceBatches.deviceApplyId(aBatch(), { timeoutMs: 20 }), {
      message: '/shakearound/device/applyid: no answer within 20 ms',
    })
    const giveUp = new AbortController()
    const call = platform.wire.categories.catGet({}, { signal: giveUp.signal })
    await arrived
    giveUp.abort(new Error('changed my mind'))
    await assert.rejects(call, /changed my mind/)
    await assert.rejects(platform.wire.categories.catGet({}, { signal: giveUp.signal }), /changed my mind/)
    assert.equal(platform.calls.length, 2)
  })

  test('uses the deadline of the client for a call without one', async () => {
    await using platform = await misbehaving(() => {}, { timeoutMs: 50 })
    const client = createApiClient({ url: platform.url, key: 'a-key', timeoutMs: 50 })
    const late = { name: 'UnansweredError', reason: 'no answer within 50 ms' }
    await assert.rejects(platform.wire.deviceBatches.deviceApplyId(aBatch(), { timeoutMs: undefined }), late)
    await assert.rejects(client.listAccounts({}, { timeoutMs: undefined }), late)
  })

  test('keeps a token for each of two platforms that share a host and a store', async () => {
    const answer: Misbehave = (_request, response) => response.end('{"errcode":0,"third_cat_list":[]}')
    await using platform = await startMisbehavingPlatform(answer)
    const { host } = new URL(platform.url)
    const store: TokenStore = {
      find: async (key) => ({ token: key, renewAt: Infinity, endsAt: Infinity }),
      save: async () => {},
    }
    for (const path of ['', '/', '/one', '/two/']) {
      const wire = createWireClient({ url: platform.url + path, appid: 'wx0', secret: '', store })
      await wire.categories.catGet()
    }
    assert.deepEqual(platform.calls, [
      `/shop/cat/get ${host} wx0 stable`,
      `/shop/cat/get ${host} wx0 stable`,
      `/one/shop/cat/get ${host}/one wx0 stable`,
      `/two/shop/cat/get ${host}/two wx0 stable`,
    ])
  })

  test('leaves a token to the other callers when one stops waiting for it', async () => {
    const { promise: asked, resolve: ask } = Promise.withResolvers<void>()
    const { promise: released, resolve: release } = Promise.withResolvers<void>()
    await using platform = await misbehaving(
      (_request, response) => response.end('{"errcode":0,"third_cat_list":[]}'),
      {
        secret: async () => {
          ask()
          await released
          return 'a-secret'
        },
      },
    )
    const giveUp = new AbortController()
    const impatient = platform.wire.categories.catGet({}, { signal: giveUp.signal })
    const patient = platform.wire.categories.catGet()
    await asked
    giveUp.abort()
    await assert.rejects(impatient, { name: 'AbortError' })
    release()
    assert.deepEqual(await patient, { third_cat_list: [] })
    assert.deepEqual(platform.calls, ['/shop/cat/get token1'])
  })

  test('reports a server that does not answer without its URL, also by the native client', async () => {
    const { url, ...closed } = await startMisbehavingPlatform(() => {})
    await closed[Symbol.asyncDispose]()
    const client = createApiClient({ url, key: 'a-key' })
    await assert.rejects(client.listAccounts(), (error) => {
      assert.ok(error instanceof UnansweredError)
      assert.equal(error.message, '/accounts: no answer (ECONNREFUSED)')
      assert.doesNotMatch(inspect(error, { depth: 9 }), /a-key/)
      return true
    })
  })
})
