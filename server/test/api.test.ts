import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { api, type Endpoint } from '@shenpi/sdk/contract/api'
import { PROBLEMS, type ProblemCode } from '@shenpi/sdk/contract/problems'
import { Value } from '@sinclair/typebox/value'
import { submitApplication } from '../src/applications/submit-application.ts'
import { findCategory } from '../src/shops/category.store.ts'
import { openComponent } from '../src/shops/change-shop-access.ts'
import { DATABASES } from './databases.ts'
import { aBatch, aCategoryOf } from './factories.ts'
import { startTestServer, type TestServer } from './start-server.ts'

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

/** A refusal as RFC 9457 has it, with the status and the title of the catalogue. */
function isProblem({ response, json }: Awaited<ReturnType<typeof ask>>, code: keyof typeof PROBLEMS) {
  assert.equal(json.code, code)
  assert.equal(response.status, PROBLEMS[code].status)
  assert.equal(response.headers.get('content-type'), 'application/problem+json; charset=utf-8')
  const { detail, ...common } = json
  assert.deepEqual(common, {
    type: `/api/docs#${code}`,
    title: PROBLEMS[code].message,
    status: PROBLEMS[code].status,
    code,
  })
  if (detail !== undefined) assert.equal(typeof detail, 'string')
}

/** What a call is refused with before it is known what is asked. */
const readingProblems = ({ method, path }: Endpoint): ProblemCode[] => [
  'request.malformed',
  ...(method === 'GET' ? [] : (['body.unparsable', 'body.too_large'] as const)),
  ...(path.includes('{') ? (['path.unknown'] as const) : []),
]

/** Applications under review, in accounts of their own, one a minute. */
async function submitSome(server: TestServer, count: number): Promise<string[]> {
  const { review } = server.services
  const { accountId } = await server.newAccount()
  await openComponent(review, accountId, 'test')
  const ids: string[] = []
  for (let level3 = 1; level3 <= count; level3 += 1) {
    const { applicationNo } = await submitApplication(review, aCategoryOf(accountId, level3))
    ids.push(`${accountId}-${applicationNo}`)
    // Some share a moment, so that the order needs the rest of the key.
    if (level3 % 3 === 0) server.clock.advance(60_000)
  }
  return ids
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

/** Every page of a list. */
async function pages(server: TestServer, query: object, endpoint: Endpoint = api.listApplications) {
  const all: string[][] = []
  for (let cursor: string | undefined; ; ) {
    const page = (await server.api.call(endpoint, { query: { ...query, cursor } as never })) as {
      items: { id: string; appid: string }[]
      next_cursor: string | null
    }
    all.push(page.items.map(({ id, appid }) => id ?? appid))
    if (page.next_cursor === null) return all
    cursor = page.next_cursor
  }
}

for (const kind of DATABASES) {
  describe(`the native API on ${kind.name}`, () => {
    test('wants its key', async () => {
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

    test('refuses what does not fit its contract, in problem+json', async () => {
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

    test('freezes an account, its secret and both, and keeps in the trail who did it', async () => {
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
          ['api_key', { secret_frozen: true }],
          ['api_key', { verified: false, frozen: true }],
          ['api_key', { frozen: false }],
        ],
      )
    })

    test('keeps the documents that a mini program was registered with, within their bounds', async () => {
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

    test('refuses in its own words however its path is spelt', async () => {
      await using server = await startTestServer(kind)
      for (const path of ['/%61pi/v1/accounts', '/api/v%31/applications/1-1', '/%61%70%69/v1/deliveries/1-1']) {
        const response = await fetch(server.url + path)
        const text = await response.text()
        isProblem({ response, text, json: JSON.parse(text) }, 'api_key.invalid')
      }
    })

    test('refuses a text that PostgreSQL cannot store, whatever the database', async () => {
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

    test('imports of several categories with one id the last', async () => {
      await using server = await startTestServer(kind)
      const third_cat_list = ['first', 'last'].map((third_cat_name) => aThirdLevel(900_001, { third_cat_name }))
      const { imported } = await server.api.call(api.importCategories, { body: { third_cat_list } })
      assert.equal(imported, 2)
      assert.equal((await findCategory(server.services.db, 900_001))?.third_cat_name, 'last')
    })

    test('shows its secrets once and no hash ever', async () => {
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

    test('shows an application as its contract says, with its version as the ETag', async () => {
      await using server = await startTestServer(kind, OPEN)
      await server.sandbox.post('/shakearound/device/applyid', aBatch({ quantity: 501 }))
      const { response, json } = await ask(server, 'GET', '/applications/1-2')
      assert.equal(response.headers.get('etag'), '"1"')
      assert.deepEqual(Value.Clean(api.getApplication.answer, structuredClone(json)), json, 'it says nothing more')
      assert.deepEqual(
        { id: json.id, kind: json.kind, state: json.state, moves: json.moves, overdue: json.overdue },
        { id: '1-2', kind: 'device_batch', state: 'under_review', moves: ['approve', 'reject'], overdue: false },
      )
      assert.equal(json.due_at, '2026-03-18T15:59:59.999Z')
      assert.equal(json.due_is_certain, true)
      const byAuditId = await ask(server, 'GET', `/applications/${json.audit_id}`)
      assert.deepEqual(byAuditId.json, json)
    })

    test('decides only on the version that the caller read', async () => {
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
        { state: 'approved', moves: [], by: 'api_key', version: 2 },
      )
      isProblem(await decide('"2"'), 'application.closed')
      isProblem(await decide('"1"'), 'application.closed')
    })

    test('lists open applications the most urgent first, page by page, each once', async () => {
      await using server = await startTestServer(kind)
      const ids = await submitSome(server, 10)
      for (const limit of [1, 3, 10]) {
        const listed = await pages(server, { state: 'under_review', limit })
        assert.deepEqual(listed.flat(), ids)
        assert.ok(listed.every((page) => page.length <= limit))
      }
      assert.deepEqual((await pages(server, { limit: 4 })).flat(), ids.toReversed())
      assert.deepEqual((await pages(server, { state: 'approved' })).flat(), [])
      assert.deepEqual((await pages(server, { kind: 'device_batch' })).flat(), [])
    })

    test('lists 50 at first, and on from there', async () => {
      await using server = await startTestServer(kind)
      const ids = await submitSome(server, 60)
      const [first = [], second = []] = await pages(server, { state: 'under_review' })
      assert.deepEqual([first.length, second.length], [50, 10])
      assert.deepEqual([...first, ...second], ids)
    })

    test('goes on where a page ended although what it showed was decided meanwhile', async () => {
      await using server = await startTestServer(kind)
      const ids = await submitSome(server, 6)
      const query = { state: 'under_review', limit: 3 } as const
      const { items, next_cursor: cursor } = await server.api.call(api.listApplications, { query })
      for (const { id } of items) {
        await server.api.call(api.decideApplication, {
          params: { id },
          version: 1,
          body: { move: 'reject', reason: 'no' },
        })
      }
      assert.ok(cursor)
      const next = await server.api.call(api.listApplications, { query: { ...query, cursor } })
      assert.deepEqual(
        next.items.map(({ id }) => id),
        ids.slice(3),
      )
    })

    test('lists accounts and deliveries page by page', async () => {
      await using server = await startTestServer(kind)
      const appids = [server.sandbox.appid]
      for (let index = 0; index < 4; index += 1) appids.push((await server.newAccount()).appid)
      assert.deepEqual((await pages(server, { limit: 2 }, api.listAccounts)).flat(), appids)

      const ids = await submitSome(server, 5)
      for (const id of ids) {
        await server.api.call(api.decideApplication, { params: { id }, version: 1, body: { move: 'approve' } })
      }
      const deliveries = (await pages(server, { limit: 2 }, api.listDeliveries)).flat()
      assert.equal(new Set(deliveries).size, 5)
      const byApplication = await pages(server, { application: ids[1] }, api.listDeliveries)
      assert.equal(byApplication.flat().length, 1)
      const elsewhere = { application: ids[1], appid: server.sandbox.appid }
      assert.deepEqual((await pages(server, elsewhere, api.listDeliveries)).flat(), [])
    })

    test('does not show a delivery of one account for an application of another with the same number', async () => {
      await using server = await startTestServer(kind)
      const [one = ''] = await submitSome(server, 1)
      const [other = ''] = await submitSome(server, 1)
      for (const id of [one, other]) {
        await server.api.call(api.decideApplication, { params: { id }, version: 1, body: { move: 'approve' } })
      }
      const { appid } = await server.api.call(api.getApplication, { params: { id: other } })
      const { items } = await server.api.call(api.listDeliveries, { query: { application: one, appid } })
      assert.deepEqual(items, [])
    })
  })

  describe(`the ceiling over HTTP on ${kind.name}`, () => {
    test('holds against 64 applicants at once', async () => {
      await using server = await startTestServer(kind, { env: { SANDBOX_APPROVE: 'all', DEVICE_CEILING: '1000' } })
      const { sandbox } = server
      const answers = await Promise.all(
        Array.from({ length: 64 }, (_, index) =>
          sandbox.post('/shakearound/device/applyid', aBatch({ quantity: 17 + (index % 40) })),
        ),
      )
      const codes = answers.map(({ json }) => json.errcode)
      assert.deepEqual([...new Set(codes)].toSorted(), [0, 9001038])
      const ids: number[] = []
      for (let lastSeen = 0; ; ) {
        const page = await sandbox.post('/shakearound/device/search', { type: 2, last_seen: lastSeen, count: 50 })
        const found: number[] = page.json.data.devices.map(({ device_id }: { device_id: number }) => device_id)
        if (found.length === 0) break
        ids.push(...found)
        lastSeen = found.at(-1) ?? 0
      }
      assert.equal(new Set(ids).size, ids.length)
      const { device_quota: quota } = await server.api.call(api.getAccount, { params: { appid: sandbox.appid } })
      assert.equal(quota.allocated, ids.length)
      assert.ok(ids.length <= 1000 && ids.length > 1000 - 57, String(ids.length))
    })
  })

  describe(`the health of a server on ${kind.name}`, () => {
    test('is told to whoever asks', async () => {
      await using server = await startTestServer(kind)
      const get = async (path: string) => {
        const response = await fetch(`${server.url}${path}`)
        return { status: response.status, text: await response.text() }
      }
      assert.deepEqual(await get('/livez'), { status: 200, text: '{"status":"ok"}' })
      assert.equal((await get('/readyz')).status, 200)
      const { text } = await get('/metrics')
      assert.match(text, /^shenpi_requests_total\{route="\/livez",problem="ok"\} \d+$/m)
      assert.match(text, /^shenpi_queue_age_seconds\{queue="deliveries"\} 0$/m)
      assert.match(text, /^process_resident_memory_bytes \d+/m)
    })

    test('is not ready while due work is older than a minute', async () => {
      await using server = await startTestServer(kind)
      const { db, review } = server.services
      const [id = ''] = await submitSome(server, 1)
      await server.api.call(api.decideApplication, { params: { id }, version: 1, body: { move: 'approve' } })
      const ready = async () => {
        const response = await fetch(`${server.url}/readyz`)
        const { queues } = (await response.json()) as { queues: { queue: string; ageMs: number }[] }
        return { status: response.status, ages: queues.map(({ ageMs }) => ageMs) }
      }
      assert.equal((await ready()).status, 200, 'nobody waits for a delivery without an address')
      // Due, and held by a worker that died: nobody else may take it before its lease ends.
      const leased_until = server.clock.now().getTime() + 3_600_000
      await db.updateTable('callback_delivery').set({ state: 'pending', leased_until }).execute()
      server.clock.advance(60_000)
      assert.deepEqual(await ready(), { status: 200, ages: [60_000, 0] })
      server.clock.advance(1)
      assert.deepEqual(await ready(), { status: 503, ages: [60_001, 0] })
      await db.updateTable('callback_delivery').set({ state: 'failed' }).execute()
      assert.equal((await ready()).status, 200)

      const { accountId } = server.sandbox
      const picture = { field: 'license', reference: 'ours', linkKey: 'key' }
      await submitApplication(review, { ...aCategoryOf(accountId), pictures: [picture] })
      await db
        .updateTable('application_picture')
        .set({ state: 'waiting', leased_until: leased_until * 2 })
        .execute()
      server.clock.advance(61_000)
      assert.equal((await ready()).status, 503)
      const metrics = await (await fetch(`${server.url}/metrics`)).text()
      assert.match(metrics, /^shenpi_queue_age_seconds\{queue="pictures"\} 61$/m)
      assert.match(metrics, /^shenpi_applications_under_review\{overdue="false"\} 1$/m)
      server.clock.advance(7 * 24 * 3600 * 1000)
      const later = await (await fetch(`${server.url}/metrics`)).text()
      assert.match(later, /^shenpi_applications_under_review\{overdue="true"\} 1$/m)
    })
  })
}

describe('the documents of the native API', () => {
  const [kind] = DATABASES
  assert.ok(kind)

  test('are OpenAPI 3.1 and list every call, what it takes, answers and refuses', async () => {
    await using server = await startTestServer(kind)
    const response = await fetch(`${server.url}/api/v1/openapi.json`)
    assert.equal(response.status, 200, 'without a key')
    // biome-ignore lint/suspicious/noExplicitAny: a document of any shape is what is looked at
    const document = (await response.json()) as any
    assert.match(document.openapi, /^3\.1\.\d+$/)
    assert.ok(document.info.title && document.info.version)
    assert.deepEqual(document.servers, [{ url: '/api/v1' }])
    const listed: string[] = []
    for (const [path, operations] of Object.entries<Record<string, never>>(document.paths)) {
      assert.match(path, /^\//)
      for (const method of Object.keys(operations)) listed.push(`${method.toUpperCase()} ${path}`)
    }
    const endpoints = Object.entries<Endpoint>(api)
    assert.deepEqual(listed.toSorted(), endpoints.map(([, { method, path }]) => `${method} ${path}`).toSorted())
    const operationIds = new Set<string>()
    for (const [name, endpoint] of endpoints) {
      const operation = document.paths[endpoint.path][endpoint.method.toLowerCase()]
      assert.equal(operation.operationId, name)
      operationIds.add(operation.operationId)
      const named = [...endpoint.path.matchAll(/\{(\w+)\}/g)].map(([, parameter]) => parameter)
      const parameters: { name: string; in: string; required: boolean; schema: object }[] = operation.parameters ?? []
      assert.deepEqual(
        parameters.filter((each) => each.in === 'path').map((each) => each.name),
        named,
      )
      assert.ok(parameters.every((each) => each.schema && (each.in !== 'path' || each.required)))
      assert.equal(
        parameters.some((each) => each.name === 'If-Match'),
        endpoint.conditional === true,
      )
      assert.ok(operation.responses[endpoint.status].content['application/json'].schema)
      for (const code of [...endpoint.problems, ...readingProblems(endpoint)]) {
        assert.ok(operation.responses[PROBLEMS[code].status].description.includes(`\`${code}\``), `${name}: ${code}`)
      }
      assert.equal(operation.requestBody !== undefined, endpoint.body.type !== 'undefined')
    }
    assert.equal(operationIds.size, endpoints.length)
    for (const [reference] of JSON.stringify(document).matchAll(/(?<="\$ref":")[^"]+/g)) {
      assert.equal(reference, '#/components/schemas/Problem')
    }
  })

  test('are a page that names every call and every problem, and loads nothing', async () => {
    await using server = await startTestServer(kind)
    const response = await fetch(`${server.url}/api/docs`)
    assert.equal(response.status, 200)
    assert.match(response.headers.get('content-type') ?? '', /^text\/html/)
    assert.match(response.headers.get('content-security-policy') ?? '', /default-src 'none'/)
    const page = await response.text()
    for (const name of Object.keys(api)) assert.ok(page.includes(`id="${name}"`), name)
    for (const code of Object.keys(PROBLEMS)) assert.ok(page.includes(`id="${code}"`), code)
    assert.doesNotMatch(page, /<script|undefined|\[object/)
    assert.match(page, /<code>purpose<\/code><\/td><td>string<\/td><td>1 to 500 characters\.</)
    assert.match(page, /<code>callback\.verified_at<\/code>/, 'the members of what may be null')
  })
})
