import assert from 'node:assert/strict'
import { test } from 'node:test'
import { WIRE_CALLS } from '../calls/wire.ts'
import { UnansweredError } from '../exchange.ts'
import { WireError } from './wire-error.ts'
import { readAnswer, toRequest } from './wire-format.ts'

const { tokens, quotas, activations, pictures, deviceBatches, statistics, lotteries, categories, shopAudits } =
  WIRE_CALLS
const to = { baseUrl: 'https://api.example/', token: 'a+b/c=' }
const PNG = new Uint8Array([0x89, 0x50, 0x4e, 0x47])

test('writes the token of a JSON call into the query and raw UTF-8 into the body', () => {
  const { url, init } = toRequest(
    deviceBatches.deviceApplyId,
    { quantity: 3, apply_reason: '门店', poi_id: undefined },
    to,
  )
  assert.equal(String(url), 'https://api.example/shakearound/device/applyid?access_token=a%2Bb%2Fc%3D')
  assert.equal(init.method, 'POST')
  assert.equal(init.body, '{"quantity":3,"apply_reason":"门店"}')
})

test('writes the members of a JSON call that belong there into the query', () => {
  const { url, init } = toRequest(lotteries.addLotteryInfo, { use_template: 1, logo_url: 'a&b', title: 'Gift' }, to)
  assert.deepEqual([url.searchParams.get('use_template'), url.searchParams.get('logo_url')], ['1', 'a&b'])
  assert.equal(init.body, '{"title":"Gift"}')
  const query = toRequest(lotteries.queryLottery, { lottery_id: '111' }, to)
  assert.deepEqual([query.init.method, query.url.searchParams.get('lottery_id')], ['GET', '111'])
})

test('sends a call without arguments as a GET, or as an empty object where it must be POST', () => {
  const status = toRequest(activations.accountAuditStatus, {}, to)
  assert.deepEqual([status.init.method, status.init.body], ['GET', undefined])
  const list = toRequest(categories.catGet, {}, to)
  assert.deepEqual([list.init.method, list.init.body], ['POST', '{}'])
})

test('writes the arguments of a call without a token where the call expects them', () => {
  const credentials = { appid: 'wx1', appsecret: 's&=' }
  const { url, init } = toRequest(quotas.clearQuotaV2, credentials, { baseUrl: 'https://api.example' })
  assert.equal(String(url), 'https://api.example/cgi-bin/clear_quota/v2?appid=wx1&appsecret=s%26%3D')
  assert.equal(init.body, undefined)
  const token = toRequest(tokens.token, { appid: 'wx1' }, { baseUrl: 'http://127.0.0.1:1/base' })
  assert.equal(String(token.url), 'http://127.0.0.1:1/base/cgi-bin/token?appid=wx1')
})

test('writes a file into the part that its call expects, always with a name', () => {
  const icon = toRequest(pictures.materialAdd, { media: PNG, type: 'license' }, to)
  assert.equal(icon.url.searchParams.get('type'), 'license')
  const file = (icon.init.body as FormData).get('media') as File
  assert.deepEqual([file.name, file.type, file.size], ['picture.png', 'image/png', 4])

  const named = new File([PNG], 'licence.jpeg', { type: 'image/jpeg' })
  const shop = toRequest(pictures.imgUpload, { media: named, resp_type: 1 }, to).init.body as FormData
  assert.deepEqual([...shop.keys()], ['resp_type', 'media'])
  assert.equal((shop.get('media') as File).name, 'licence.jpeg')

  const store = toRequest(pictures.mediaUploadImg, { buffer: new Blob([PNG]) }, to).init.body as FormData
  assert.equal((store.get('buffer') as File).name, 'picture')
})

test('writes an exchange of a link as a form without a file', () => {
  const { init } = toRequest(pictures.imgUpload, { upload_type: 1, img_url: 'https://a.example/?b=c&d' }, to)
  assert.deepEqual(
    [...(init.body as FormData)],
    [
      ['upload_type', '1'],
      ['img_url', 'https://a.example/?b=c&d'],
    ],
  )
})

test('takes an answer out of its envelope, also in the variants seen in the field', () => {
  const cases: [Parameters<typeof readAnswer>[0], object, unknown][] = [
    [
      pictures.materialAdd,
      { data: { pic_url: 'x', new: 1 }, errcode: 0, errmsg: 'success.' },
      { pic_url: 'x', new: 1 },
    ],
    [activations.accountRegister, { errcode: 0 }, {}],
    [activations.accountRegister, { errcode: '0', errmsg: null, data: null }, {}],
    [statistics.statisticsDevice, { data: [], errcode: 0 }, []],
    [
      statistics.statisticsDeviceList,
      { data: { devices: [] }, date: 1, errcode: 0 },
      { data: { devices: [] }, date: 1 },
    ],
    [shopAudits.auditResult, { errcode: 0, errmsg: 'ok', data: { status: 9 } }, { data: { status: 9 } }],
    [tokens.token, { access_token: 't', expires_in: 7200 }, { access_token: 't', expires_in: 7200 }],
  ]
  for (const [call, content, expected] of cases) assert.deepEqual(readAnswer(call, { status: 200, content }), expected)
})

test('throws a refusal with its number, text, request id and name', () => {
  const refuse = (call: Parameters<typeof readAnswer>[0], content: object): WireError => {
    try {
      readAnswer(call, { status: 200, content })
    } catch (error) {
      if (error instanceof WireError) return error
    }
    throw new Error('it was not refused')
  }
  const busy = refuse(categories.auditCategory, { errcode: 1050009, errmsg: '审核中 rid: 617682e0-09059ac5-34a8e2ea' })
  assert.deepEqual(
    { ...busy },
    {
      name: 'WireError',
      path: '/shop/audit/audit_category',
      errcode: 1050009,
      errmsg: '审核中 rid: 617682e0-09059ac5-34a8e2ea',
      rid: '617682e0-09059ac5-34a8e2ea',
      problem: 'category.under_review',
    },
  )
  assert.equal(busy.message, '/shop/audit/audit_category: 1050009 审核中 rid: 617682e0-09059ac5-34a8e2ea')
  assert.equal(refuse(WIRE_CALLS.brands.auditBrand, { errcode: 1050009 }).problem, 'brand.under_review')
  const bare = refuse(categories.catGet, { errcode: 61007 })
  assert.deepEqual(
    [bare.errmsg, bare.rid, bare.problem, bare.message],
    ['', undefined, undefined, '/shop/cat/get: 61007'],
  )
})

test('rejects what is no answer of the wire', () => {
  for (const [status, content] of [
    [200, 1],
    [200, null],
    [200, []],
    [502, { error: 'bad gateway' }],
  ] as const) {
    assert.throws(() => readAnswer(categories.catGet, { status, content }), UnansweredError)
  }
  assert.throws(() => readAnswer(categories.catGet, { status: 403, content: { errcode: 61004 } }), WireError)
})
