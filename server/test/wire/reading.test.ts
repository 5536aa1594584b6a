import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { activations, categories, deviceBatches, devices, shopAudits, tokens } from '@shenpi/sdk'
import { DATABASES } from '../databases.ts'
import { aBatch, aCategory, aRegistration } from '../factories.ts'
import { accepted, ask, shown } from './ask.ts'
import { exchange, type WireRequest } from './exchange.ts'
import { aMember, createWorld, GRANTED, type World } from './world.ts'

const { accountRegister } = activations
const { deviceApplyId } = deviceBatches
const { deviceSearch } = devices
const { catGet, auditCategory } = categories
const { auditResult } = shopAudits

const UNKNOWN = Array.from({ length: 1000 }, (_, index) => [`x${index}`, 1] as const)

/** Ways in which clients send JSON. Source: docs/protocol/conventions.md, reading, R2 and R3. */
const JSON_FORMS: readonly (readonly [name: string, request: (body: object) => WireRequest])[] = [
  ...[
    'application/json',
    'application/json; charset=utf-8',
    'application/json;charset=GBK',
    'application/x-www-form-urlencoded',
    'text/plain',
    'text/plain; charset=utf-8',
    'application/octet-stream',
    'multipart/form-data; boundary=x',
    'no/such/type;;;',
    '',
  ].map(
    (type) =>
      [
        `as ${type || 'an empty Content-Type'}`,
        (body: object) => ({ headers: { 'content-type': type }, body: JSON.stringify(body) }),
      ] as const,
  ),
  ['without a Content-Type', (body) => ({ body: JSON.stringify(body) })],
  ['with slashes escaped', (body) => ({ body: JSON.stringify(body).replaceAll('/', '\\/') })],
  ['with letters escaped', (body) => ({ body: escaped(JSON.stringify(body)) })],
  ['with a byte order mark', (body) => ({ body: `\ufeff${JSON.stringify(body)}` })],
  ['over many lines', (body) => ({ body: `${JSON.stringify(body, null, '\t')}\r\n` })],
  ['with members that nobody knows', (body) => ({ body: { ...body, access_token: 'x', __proto__: null, more: [{}] } })],
  ['with a thousand members that nobody knows', (body) => ({ body: { ...Object.fromEntries(UNKNOWN), ...body } })],
  [
    'beside a list 31 levels deep',
    (body) => ({ body: { ...body, deep: JSON.parse('['.repeat(31) + ']'.repeat(31)) } }),
  ],
  [
    'with a member twice',
    (body) => ({ body: JSON.stringify({ last: '', ...body }).replace('{', '{"quantity":0,"name":"","audit_id":"",') }),
  ],
]

/** As some languages write JSON by default. */
const escaped = (json: string) =>
  json.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)

const anApplication = (picture: string) =>
  aCategory([picture], [picture], { category_info: { ...GRANTED, certificate: [picture] } })

for (const kind of DATABASES) {
  describe(`how JSON may arrive on ${kind.name}`, () => {
    let world: World
    before(async () => {
      world = await createWorld(kind)
    })
    after(() => world[Symbol.asyncDispose]())

    describe('account/register', () => {
      for (const [name, request] of JSON_FORMS) {
        test(`JSON ${name}`, async () => {
          const account = await aMember(world.server)
          const body = aRegistration({ name: '李雷/韩梅梅', qualification_cert_urls: [account.license] })
          accepted(await ask(world, accountRegister, account, request(body)))
          assert.equal(((await shown(world, account, 2)).payload as { name: string }).name, '李雷/韩梅梅')
        })
      }
    })

    describe('device/applyid and device/search', () => {
      for (const [name, request] of JSON_FORMS) {
        test(`JSON ${name}`, async () => {
          const body = aBatch({ quantity: 2, apply_reason: '店/铺', comment: '一楼' })
          const { data } = accepted(await ask(world, deviceApplyId, world.merchant, request(body)))
          const list = { type: 3, apply_id: data.apply_id, last_seen: 0, count: 50 }
          const { devices } = accepted(await ask(world, deviceSearch, world.merchant, request(list))).data
          assert.deepEqual(
            devices.map(({ comment }: { comment: string }) => comment),
            ['一楼', '一楼'],
          )
        })
      }
    })

    describe('shop calls', () => {
      for (const [name, request] of JSON_FORMS) {
        test(`cat/get with {} ${name}`, async () => {
          const { third_cat_list } = accepted(await ask(world, catGet, world.newcomer, request({})))
          assert.equal(third_cat_list.length, 8)
        })
        test(`audit/result ${name}`, async () => {
          const audit_id = world.merchant.auditId
          const { data } = accepted(await ask(world, auditResult, world.merchant, request({ audit_id })))
          assert.deepEqual(data, { status: 0, brand_id: 0, reject_reason: '' })
        })
      }

      for (const [name, request] of JSON_FORMS) {
        test(`audit_category: JSON ${name}`, async () => {
          const account = await aMember(world.server)
          accepted(await ask(world, auditCategory, account, request(anApplication(account.picture))))
        })
      }
    })

    describe('stable_token', () => {
      for (const [name, request] of JSON_FORMS) {
        test(`JSON ${name}`, async () => {
          const { appid, secret } = world.newcomer
          const body = { grant_type: 'client_credential', appid, secret, force_refresh: null }
          assert.equal(
            accepted(await exchange(world.server, tokens.stableToken, undefined, request(body))).expires_in,
            7200,
          )
        })
      }
    })
  })
}
