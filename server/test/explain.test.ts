import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  activations,
  brands,
  categories,
  deviceBatches,
  pages,
  relations,
  shopAccess,
  stores,
  tokens,
} from '@shenpi/sdk'
import { type ApiRequestInFull, api, OUTCOME_HEADER } from '@shenpi/sdk/contract/api'
import { FAULT_HEADER } from '@shenpi/sdk/contract/fault-limits'
import { DATABASES } from './databases.ts'
import { decide } from './decide.ts'
import { aBatch, aBrand, aCategory, aRegistration, aStore } from './factories.ts'
import { newShop } from './open-shop.ts'
import { apiProblem } from './problem.ts'
import { environmentOf, runShenpi } from './run-shenpi.ts'
import { startTestServer, type TestServer, type WireClient } from './start-server.ts'

interface Told {
  errmsg: string
  explained: ApiRequestInFull
}

/** Send a request that is refused, and have it explained. */
async function refuse(server: TestServer, path: string, init: RequestInit = {}): Promise<Told> {
  const { errmsg } = (await (await fetch(`${server.url}${path}`, init)).json()) as { errmsg: string }
  const [text = '', rid = ''] = errmsg.split(' rid: ')
  const explained = await server.api.call(api.getRequest, { params: { rid } })
  return { errmsg: text, explained }
}

const post = (server: TestServer, { token }: Pick<WireClient, 'token'>, path: string, body: unknown) =>
  refuse(server, `${path}?access_token=${token}`, {
    method: 'POST',
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })

async function activate(server: TestServer, merchant: WireClient): Promise<void> {
  await merchant.post(activations.accountRegister.path, aRegistration())
  const query = { appid: merchant.appid, state: 'under_review' } as const
  for (const { id } of (await server.api.listApplications({ query })).items) await decide(server, id, 'approve')
}

const PAGE = { title: '茶', description: '新茶', page_url: 'https://zb.weixin.qq.com/a' }

const MARKS = { passed: '+', refused: '!', not_reached: '-' }

/** The checks in their order, each with what became of it. */
const checksOf = ({ checks }: ApiRequestInFull): string =>
  checks.map(({ name, result }) => MARKS[result] + name).join(' ')

for (const kind of DATABASES) {
  describe(`explaining requests on ${kind.name}`, () => {
    test('names the check, the fields with their limits, and the lines of the documents', async () => {
      await using server = await startTestServer(kind)
      const shop = await newShop(server)
      const { audit_req } = aCategory([], [])
      const level1 = '12345678901'
      const sent = { audit_req: { license: [7], category_info: { ...audit_req.category_info, level1 } } }
      const { errmsg, explained } = await post(server, shop, categories.auditCategory.path, sent)
      assert.equal(errmsg, 'invalid picture link: audit_req.license[0]')
      assert.deepEqual([explained.appid, explained.check, explained.errcode], [shop.appid, 'contract', 1000035])
      assert.equal(checksOf(explained), '+path +method +scheme +token +address +account +quota +body !contract -rule')
      assert.deepEqual(
        explained.findings.map(({ path, expected, limit, seen, measure }) => [path, expected, limit, seen, measure]),
        [
          ['audit_req.license[0]', 'type', 'string', 'number', 7],
          ['audit_req.category_info.level1', 'at_most', '9999999999', 'number', 12345678901],
        ],
      )
      const { protocol, error } = explained.documented
      assert.match(`${protocol?.file} ${protocol?.text}`, /^docs\/protocol\/shops.md audit_req.license · string array/)
      assert.match(`${error?.file} ${error?.text}`, /^docs\/errors.md picture.link_invalid ·/)
      assert.ok(explained.meaning)
    })

    test('tells how long a text was and how many devices were asked for, and no text', async () => {
      await using server = await startTestServer(kind)
      const { sandbox } = server
      const name = '王'.repeat(21)
      const register = { name, phone_number: '1', email: 'a@b.cn', industry_id: '0118', qualification_cert_urls: [] }
      const { errmsg, explained } = await post(server, sandbox, activations.accountRegister.path, register)
      assert.equal(errmsg, 'invalid contact name')
      const [finding] = explained.findings
      assert.deepEqual([finding?.path, finding?.limit, finding?.measure, finding?.unit], ['name', '40', 42, 'weight'])
      assert.ok(!JSON.stringify(explained.findings).includes('王'))

      const unopened = await post(server, sandbox, deviceBatches.deviceApplyId.path, {})
      assert.deepEqual([unopened.explained.check, unopened.explained.problem], ['account', 'account.not_activated'])
      assert.match(checksOf(unopened.explained), /\+token \+address !account -quota/)
    })

    test('tells in words what a field should look like, and never by a pattern of many signs', async () => {
      await using server = await startTestServer(kind)
      const register = { ...aRegistration(), name: ' ', phone_number: 'none', email: 'none', industry_id: '118' }
      const { explained } = await post(server, server.sandbox, activations.accountRegister.path, register)
      assert.deepEqual(
        explained.findings.map(({ path, expected, limit }) => [path, expected, limit]),
        [
          ['name', 'form', 'more than blanks'],
          ['phone_number', 'form', 'a telephone number'],
          ['email', 'form', 'an e-mail address'],
          ['industry_id', 'form', 'four digits'],
        ],
      )
      const shop = await newShop(server)
      const brand = await post(server, shop, brands.auditBrand.path, aBrand('http://a/b', { trademark_type: 46 }))
      assert.equal(brand.explained.findings[0]?.limit, 'a number from 1 to 45')
    })

    test('tells of callers who never became known, in the sandbox alone', async () => {
      const path = `${pages.pageSearch.path}?access_token=1_guess`
      for (const mode of ['sandbox', 'production']) {
        await using server = await startTestServer(kind, { env: { MODE: mode } })
        if (mode === 'production') {
          await assert.rejects(refuse(server, path, { method: 'POST' }), apiProblem('rid.unknown', 404))
          assert.deepEqual((await server.api.call(api.listRequests, {})).items, [])
          continue
        }
        const { explained } = await refuse(server, path, { method: 'POST' })
        assert.deepEqual([explained.check, explained.appid], ['token', null])
        assert.equal(explained.url, `${pages.pageSearch.path}?access_token=***`)
        const nowhere = await refuse(server, '/shop/nowhere', { method: 'POST' })
        assert.deepEqual([nowhere.explained.check, nowhere.explained.path], ['path', '/shop/nowhere'])
        const wrongMethod = await refuse(server, pages.pageSearch.path)
        assert.match(checksOf(wrongMethod.explained), /^\+path !method -scheme/)
        const { items } = await server.api.call(api.listRequests, { query: { limit: 2 } })
        assert.deepEqual(
          items.map(({ rid }) => rid),
          [wrongMethod, nowhere].map((told) => told.explained.rid),
        )
      }
    })

    test('names the field that a rule refuses, where the platform’s text names none', async () => {
      await using server = await startTestServer(kind)
      const { sandbox } = server
      await activate(server, sandbox)
      const refusals = [
        [
          pages.pageAdd.path,
          { ...PAGE, icon_url: 'https://elsewhere.example/icon' },
          'invalid page parameters: icon_url',
          'form',
        ],
        [pages.pageSearch.path, { type: 1 }, 'invalid POST parameters: page_ids', 'present'],
        [relations.relationSearch.path, { type: 2 }, 'invalid POST parameters: page_id', 'present'],
        [
          categories.auditCategory.path,
          aCategory(['ftp://a/b'], ['http://a/b']),
          'invalid picture link: license[0]',
          'form',
        ],
        [stores.addPoi.path, aStore('https://a.example/b'), 'invalid photo url', 'form'],
        [shopAccess.finishAccessInfo.path, { access_info_item: 12 }, 'invalid args: access_info_item', 'one_of'],
      ] as const
      for (const [path, body, text, expected] of refusals) {
        const { errmsg, explained } = await post(server, sandbox, path, body)
        assert.equal(errmsg, text)
        assert.deepEqual([explained.check, explained.findings[0]?.expected], ['rule', expected])
      }
    })

    test('knows the order in which credentials are checked', async () => {
      await using server = await startTestServer(kind)
      const { appid } = server.sandbox
      const query = new URLSearchParams({ grant_type: 'client_credential', appid, secret: 'guess' })
      const { explained } = await refuse(server, `${tokens.token.path}?${query}`)
      assert.deepEqual([explained.check, explained.problem], ['secret', 'credential.secret_invalid'])
      const order = '+path +method +scheme +body +contract +appid +address !secret -quota -rule'
      assert.equal(checksOf(explained), order)
      assert.ok(!explained.url.includes('guess'))
    })

    test('names what gives an application its outcome, where it is submitted and where a query brings it about', async () => {
      await using server = await startTestServer(kind)
      const merchant = await server.newAccount()
      const params = { appid: merchant.appid }
      await activate(server, merchant)
      const send = async (path: string, body: object, headers: Record<string, string> = {}) => {
        const init = { method: 'POST', body: JSON.stringify(body), headers }
        const response = await fetch(`${server.url}${path}?access_token=${merchant.token}`, init)
        const explained = await server.api.getRequest({ params: { rid: response.headers.get('x-shenpi-rid') ?? '' } })
        const { errcode, data } = (await response.json()) as { errcode: number; data?: { apply_id: number } }
        return { errcode, apply_id: data?.apply_id, by: explained.outcome_by }
      }
      const apply = (changes: object, headers?: Record<string, string>) =>
        send(deviceBatches.deviceApplyId.path, aBatch({ poi_id: 0, quantity: 600, ...changes }), headers)
      const ask = (apply_id?: number) => send(deviceBatches.deviceApplyStatus.path, { apply_id })

      assert.equal((await apply({ comment: '[approve]' })).by, 'rule:text')
      assert.equal((await apply({}, { [OUTCOME_HEADER]: '[reject:no]' })).by, 'rule:header')
      const approve = { outcome: { move: 'approve' as const }, when: { polls: 1 } }
      await server.api.putOutcomeRule({ params: { ...params, name: 'patient' }, body: approve })
      const applied = await apply({})
      assert.equal(applied.by, 'rule:patient')
      assert.deepEqual([(await ask(applied.apply_id)).by, (await ask(applied.apply_id)).by], [null, 'rule:patient'])
      const malformed = await apply({ comment: '[approve;never]' })
      assert.deepEqual([malformed.errcode === 0, malformed.by], [false, null])
      const lost = await apply({}, { [FAULT_HEADER]: 'errcode=-1;where=before_commit' })
      assert.deepEqual([lost.errcode, lost.by], [-1, null])
      await server.api.deleteOutcomeRule({ params: { ...params, name: 'patient' } })
      assert.deepEqual((await apply({})).by, null)
    })

    test('lists an account’s requests by cursor, the newest first, or its refusals alone', async () => {
      await using server = await startTestServer(kind)
      const { appid } = server.sandbox
      for (let round = 0; round < 3; round += 1) {
        await server.sandbox.post(categories.catGet.path, {})
        await server.sandbox.post(categories.catGet.path, '{')
      }
      const all: string[] = []
      let cursor: string | undefined
      do {
        const page = await server.api.call(api.listRequests, { query: { appid, limit: 2, ...(cursor && { cursor }) } })
        all.push(...page.items.map(({ rid }) => rid))
        cursor = page.next_cursor ?? undefined
      } while (cursor)
      const { items } = await server.api.call(api.listRequests, { query: { appid } })
      assert.deepEqual(
        all,
        items.map(({ rid }) => rid),
      )
      assert.ok(items.length >= 6)
      const refused = await server.api.call(api.listRequests, { query: { appid, only: 'refused' } })
      assert.deepEqual(
        refused.items.map(({ problem }) => problem),
        ['body.unparsable', 'body.unparsable', 'body.unparsable'],
      )
      const wentWell = items.find(({ problem }) => problem === null)
      const explained = await server.api.call(api.getRequest, { params: { rid: wentWell?.rid ?? '' } })
      assert.ok(explained.checks.every(({ result }) => result === 'passed'))
    })
  })
}

test('the command line explains a request', async () => {
  const [kind] = DATABASES
  assert.ok(kind)
  await using server = await startTestServer(kind)
  const { explained } = await post(server, server.sandbox, categories.auditCategory.path, {})
  const { code, stdout, stderr } = await runShenpi(['explain', explained.rid], environmentOf(server.place))
  assert.equal(code, 0, stderr)
  assert.match(stdout, /✓ body {2}✗ contract {2}· rule/)
  assert.match(
    stdout,
    /Refused by the check contract: shop\.parameter_missing, 990007 parameter missing: audit_req\n {2}audit_req is missing/,
  )
  assert.match(stdout, /^docs\/protocol\/shops\.md:\d+ /m)

  const register = { ...aRegistration(), name: '王'.repeat(21), phone_number: 7, industry_id: '118' }
  const measured = await post(server, server.sandbox, activations.accountRegister.path, register)
  const told = await runShenpi(['explain', measured.explained.rid], environmentOf(server.place))
  assert.match(told.stdout, /^ {2}name: 42 letters \(a Chinese character counts as 2\), at most 40 /m)
  assert.match(told.stdout, /^ {2}phone_number: number 7, string is expected /m)
  assert.match(told.stdout, /^ {2}industry_id: text of 3 characters, four digits is expected /m)
})
