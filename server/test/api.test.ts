import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { api } from '@shenpi/sdk/contract/api'
import { PROBLEMS } from '@shenpi/sdk/contract/problems'
import { MOVE_NAMES } from '@shenpi/sdk/contract/states'
import { Value } from '@sinclair/typebox/value'
import { listCategories } from '../src/categories/category.store.ts'
import { DATABASES } from './databases.ts'
import { aBatch } from './factories.ts'
import { startTestServer, type TestServer } from './start-server.ts'
import { submitSome } from './submit-some.ts'

const OPEN = { env: { SANDBOX_APPROVE: 'all' } }

async function ask(server: TestServer, method: string, path: string, init: { body?: string; headers?: object } = {}) {
  const response = await fetch(`${server.url}/api/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${server.apiKey}`,
      ...(init.body !== undefined && { 'content-type': 'application/json' }),
      ...init.headers,
    },
    ...(init.body !== undefined && { body: init.body }),
  })
  const text = await response.text()
  return { response, text, json: JSON.parse(text) }
}

/** A refusal in the form of RFC 9457, with the catalogue's status and title. */
function isProblem({ response, json }: Awaited<ReturnType<typeof ask>>, code: keyof typeof PROBLEMS) {
  assert.equal(json.code, code)
  assert.equal(response.status, PROBLEMS[code].status)
  assert.equal(response.headers.get('content-type'), 'application/problem+json; charset=utf-8')
  // What stands in the way of a decision tells how the application stands.
  const { detail, application, ...common } = json
  assert.deepEqual(common, {
    type: `/api/docs#${code}`,
    title: PROBLEMS[code].message,
    status: PROBLEMS[code].status,
    code,
  })
  if (detail !== undefined) assert.equal(typeof detail, 'string')
}

const aThirdLevel = (third_cat_id: number, changes: { third_cat_name?: string; qualification?: string } = {}) => ({
  third_cat_id,
  third_cat_name: 'Beacons',
  second_cat_id: 900_002,
  second_cat_name: 'Radio',
  first_cat_id: 900_003,
  first_cat_name: 'Electronics',
  qualification: '',
  qualification_type: 1,
  product_qualification: '',
  product_qualification_type: 0,
  scene_group_list: [1],
  ...changes,
})

for (const kind of DATABASES) {
  describe(`the native API on ${kind.name}`, () => {
    test('rejects a request without the API key', async () => {
      await using server = await startTestServer(kind)
      for (const authorization of [
        '',
        'Bearer',
        'Bearer wrong',
        `Basic ${server.apiKey}`,
        server.apiKey,
        'Bearer  x y',
      ]) {
        isProblem(await ask(server, 'GET', '/accounts', { headers: { authorization } }), 'api_key.invalid')
      }
      isProblem(
        await ask(server, 'POST', '/applications/1-1/decision', { headers: { authorization: 'Bearer no' }, body: '{' }),
        'api_key.invalid',
      )
      const { response } = await ask(server, 'GET', '/accounts', {
        headers: { authorization: `bearer ${server.apiKey}` },
      })
      assert.equal(response.status, 200)
    })

    test('rejects a request that does not fit the contract, in problem+json', async () => {
      await using server = await startTestServer(kind)
      const call = (method: string, path: string, body?: string) =>
        ask(server, method, path, body === undefined ? {} : { body })
      isProblem(await call('POST', '/accounts', '{'), 'body.unparsable')
      isProblem(await call('POST', '/accounts', '[]'), 'request.malformed')
      isProblem(await call('POST', '/accounts'), 'request.malformed')
      isProblem(await call('POST', '/accounts', '{"name":" "}'), 'request.malformed')
      isProblem(await call('POST', '/accounts', JSON.stringify({ name: 'x'.repeat(1_100_000) })), 'body.too_large')
      isProblem(await call('POST', '/accounts', '{"name":"a\\u0000b"}'), 'request.malformed')
      isProblem(await call('GET', '/accounts/wx0000000000000000'), 'account.unknown')
      isProblem(await call('GET', '/accounts/nobody'), 'request.malformed')
      isProblem(await call('GET', '/applications?limit=0'), 'request.malformed')
      isProblem(await call('GET', '/applications?limit=201'), 'request.malformed')
      isProblem(await call('GET', '/applications?limit=1&limit=2'), 'request.malformed')
      isProblem(await call('GET', '/applications?state=lost'), 'request.malformed')
      isProblem(await call('GET', '/applications?appid=wx0000000000000000'), 'account.unknown')
      for (const cursor of ['x', 'MS4y', 'MS4yLjMuNA', 'LTEuMi4z', '!!!!']) {
        isProblem(await call('GET', `/applications?cursor=${cursor}`), 'request.malformed')
        isProblem(await call('GET', `/deliveries?cursor=${cursor}`), 'request.malformed')
      }
      isProblem(await call('GET', '/applications/1-99'), 'application.unknown')
      isProblem(await call('GET', '/applications/nothing'), 'application.unknown')
      isProblem(await call('GET', '/deliveries/1-99'), 'delivery.unknown')
      isProblem(await call('GET', '/deliveries/nothing'), 'delivery.unknown')
      isProblem(await call('GET', '/deliveries?application=nothing'), 'application.unknown')
      isProblem(await call('POST', '/deliveries/1-1/replay', '{'), 'body.unparsable')
      const third_cat_list = [aThirdLevel(10_000_000_000)]
      isProblem(await call('PUT', '/categories', JSON.stringify({ third_cat_list })), 'request.malformed')
      isProblem(await call('GET', `/accounts/${'w'.repeat(1025)}`), 'path.unknown')
      isProblem(await call('GET', '/accounts/%'), 'path.unknown')
      isProblem(await call('GET', '/nowhere'), 'path.unknown')
      isProblem(await call('DELETE', '/accounts'), 'path.unknown')
    })

    test('freezes an account, its secret or both, and records in the trail who did it', async () => {
      await using server = await startTestServer(kind)
      const { appid, accountId } = await server.newAccount()
      const set = (body: object) => ask(server, 'PATCH', `/accounts/${appid}`, { body: JSON.stringify(body) })
      const stateOf = ({ json }: Awaited<ReturnType<typeof ask>>) => [json.verified, json.frozen, json.secret_frozen]
      assert.deepEqual(stateOf(await ask(server, 'GET', `/accounts/${appid}`)), [true, false, false])
      assert.deepEqual(stateOf(await set({ secret_frozen: true })), [true, false, true])
      assert.deepEqual(stateOf(await set({ frozen: true, verified: false })), [false, true, true])
      assert.deepEqual(stateOf(await set({ frozen: false })), [false, false, true])
      for (const body of [{}, { frozen: null }, { frozen: 'yes' }, { name: 'x' }]) {
        isProblem(await set(body), 'request.malformed')
      }
      isProblem(
        await ask(server, 'PATCH', '/accounts/wx0000000000000000', { body: '{"frozen":true}' }),
        'account.unknown',
      )
      assert.deepEqual(stateOf(await ask(server, 'GET', `/accounts/${appid}`)), [false, false, true])
      const entries = await server.services.db
        .selectFrom('audit_entry')
        .select(['actor', 'detail'])
        .where('account_id', '=', accountId)
        .where('action', '=', 'account.set_state')
        .orderBy('entry_no')
        .execute()
      assert.deepEqual(
        entries.map(({ actor, detail }) => [actor, JSON.parse(detail)]),
        [
          ['key:first', { secret_frozen: true }],
          ['key:first', { verified: false, frozen: true }],
          ['key:first', { frozen: false }],
        ],
      )
    })

    test('stores the documents that a mini program was registered with, up to their limits', async () => {
      await using server = await startTestServer(kind)
      const { appid, accountId } = await server.newAccount()
      const path = `/accounts/${appid}/miniapp-certificates`
      const put = (body: object) => ask(server, 'PUT', path, { body: JSON.stringify(body) })
      assert.deepEqual((await ask(server, 'GET', path)).json, { category_info_list: [], brand_info: null })
      const link = 'https://example.com/licence.png'
      const category = {
        first_category_id: 304,
        first_category_name: '商家自营',
        second_category_id: 321,
        second_category_name: '食品',
        certificate_url: [link],
      }
      const brand = { brand_wording: '山茶', sale_authorization: [link], trademark_registration_certificate: [link] }
      const most = { category_info_list: Array(50).fill(category), brand_info: brand }
      assert.deepEqual((await put(most)).json, most)
      assert.deepEqual((await ask(server, 'GET', path)).json, most)
      for (const body of [
        {},
        { category_info_list: Array(51).fill(category) },
        { category_info_list: [{ ...category, certificate_url: ['licence.png'] }] },
        { category_info_list: [{ ...category, certificate_url: [`https://example.com/${'a'.repeat(2048)}`] }] },
        { category_info_list: [{ ...category, first_category_name: 'a\u0000' }] },
        { category_info_list: [], brand_info: { ...brand, sale_authorization: Array(11).fill(link) } },
        { category_info_list: [], brand_info: { ...brand, brand_wording: '' } },
      ]) {
        isProblem(await put(body), 'request.malformed')
      }
      assert.deepEqual((await ask(server, 'GET', path)).json, most)
      const none = { category_info_list: [], brand_info: null }
      assert.deepEqual((await put(none)).json, none)
      isProblem(await ask(server, 'GET', path.replace(appid, 'wx0000000000000000')), 'account.unknown')
      const entries = await server.services.db
        .selectFrom('audit_entry')
        .select('detail')
        .where('account_id', '=', accountId)
        .where('action', '=', 'shop.set_miniapp_certificates')
        .orderBy('entry_no')
        .execute()
      assert.deepEqual(
        entries.map(({ detail }) => JSON.parse(detail)),
        [most, none],
      )
    })

    test('answers in problem+json however the path is spelt', async () => {
      await using server = await startTestServer(kind)
      for (const path of ['/%61pi/v1/accounts', '/api/v%31/applications/1-1', '/%61%70%69/v1/deliveries/1-1']) {
        const response = await fetch(server.url + path)
        const text = await response.text()
        isProblem({ response, text, json: JSON.parse(text) }, 'api_key.invalid')
      }
    })

    test('rejects a text that PostgreSQL cannot store, on every database', async () => {
      await using server = await startTestServer(kind)
      const [id] = await submitSome(server, 1)
      const decision = { body: '{"move":"reject","reason":"a\\u0000b"}', headers: { 'if-match': '"1"' } }
      isProblem(await ask(server, 'POST', `/applications/${id}/decision`, decision), 'request.malformed')
      const url = 'http://127.0.0.1:1/\u0000'
      const setting = JSON.stringify({ url, token: 'MyToken', mode: 'plain', format: 'xml' })
      isProblem(
        await ask(server, 'PUT', `/accounts/${server.sandbox.appid}/callback`, { body: setting }),
        'request.malformed',
      )
      const third_cat_list = [aThirdLevel(900_001, { qualification: 'a\u0000b' })]
      isProblem(
        await ask(server, 'PUT', '/categories', { body: JSON.stringify({ third_cat_list }) }),
        'request.malformed',
      )
    })

    test('imports the last of several categories with one id', async () => {
      await using server = await startTestServer(kind)
      const third_cat_list = ['first', 'last'].map((third_cat_name) => aThirdLevel(900_001, { third_cat_name }))
      const { imported } = await server.api.call(api.importCategories, { body: { third_cat_list } })
      assert.equal(imported, 2)
      const saved = await listCategories(server.services.db)
      assert.equal(saved.find(({ third_cat_id }) => third_cat_id === 900_001)?.third_cat_name, 'last')
    })

    test('shows a secret once and a hash never', async () => {
      await using server = await startTestServer(kind)
      const created = await ask(server, 'POST', '/accounts', { body: '{"name":"Acme"}' })
      assert.equal(created.response.status, 201)
      const { secret, ...account } = created.json
      assert.match(secret, /^[0-9a-f]{32}$/)
      const read = await ask(server, 'GET', `/accounts/${account.appid}`)
      assert.deepEqual(read.json, account)
      const rotated = await ask(server, 'POST', `/accounts/${account.appid}/secret`)
      assert.deepEqual(Object.keys(rotated.json), ['appid', 'secret'])
      assert.notEqual(rotated.json.secret, secret)
      const list = await ask(server, 'GET', '/accounts')
      assert.ok(!list.text.includes(secret) && !list.text.includes(rotated.json.secret) && !list.text.includes('hash'))
    })

    test('shows an application with its version as the ETag', async () => {
      await using server = await startTestServer(kind, OPEN)
      await server.sandbox.post('/shakearound/device/applyid', aBatch({ quantity: 501 }))
      const { response, json } = await ask(server, 'GET', '/applications/1-2')
      assert.equal(response.headers.get('etag'), '"1"')
      assert.deepEqual(Value.Clean(api.getApplication.answer, structuredClone(json)), json, 'it says nothing more')
      assert.deepEqual(
        { id: json.id, kind: json.kind, state: json.state, moves: json.moves, overdue: json.overdue },
        { id: '1-2', kind: 'device_batch', state: 'under_review', moves: MOVE_NAMES, overdue: false },
      )
      assert.equal(json.due_at, '2026-03-18T15:59:59.999Z')
      assert.equal(json.due_is_certain, true)
      const byAuditId = await ask(server, 'GET', `/applications/${json.audit_id}`)
      assert.deepEqual(byAuditId.json, json)
    })

    test('decides an application only in the version that the caller read', async () => {
      await using server = await startTestServer(kind, OPEN)
      await server.sandbox.post('/shakearound/device/applyid', aBatch({ quantity: 501 }))
      const decide = (match: string | undefined, body: object = { move: 'approve' }) =>
        ask(server, 'POST', '/applications/1-2/decision', {
          body: JSON.stringify(body),
          headers: match === undefined ? {} : { 'if-match': match },
        })
      isProblem(await decide(undefined), 'application.version_required')
      for (const malformed of ['1', '"x"', '*', '"1", "2"', '"-1"', '"12345678901"']) {
        isProblem(await decide(malformed), 'request.malformed')
      }
      isProblem(await decide('"2"'), 'application.changed')
      isProblem(await decide('"1"', { move: 'withdraw' }), 'request.malformed')
      isProblem(await decide('"1"', { move: 'reject' }), 'decision.reason_required')
      isProblem(await decide('"1"', { move: 'reject', reason: '审'.repeat(251) }), 'decision.reason_too_long')
      const decided = await decide('W/"1"')
      assert.equal(decided.response.status, 200)
      assert.equal(decided.response.headers.get('etag'), '"2"')
      assert.deepEqual(
        {
          state: decided.json.state,
          moves: decided.json.moves,
          by: decided.json.decided_by,
          version: decided.json.version,
        },
        { state: 'approved', moves: [], by: 'key:first', version: 2 },
      )
      isProblem(await decide('"2"'), 'application.closed')
      const stale = await decide('"1"')
      isProblem(stale, 'application.closed')
      const { state, decided_by } = stale.json.application
      assert.deepEqual([state, decided_by], ['approved', 'key:first'], 'a stale page is told who decided what')
    })
  })
}
