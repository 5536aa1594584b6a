import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { activations } from '@shenpi/sdk/contract/wire/activations'
import { categories } from '@shenpi/sdk/contract/wire/categories'
import { deviceBatches } from '@shenpi/sdk/contract/wire/device-batches'
import { shopAudits } from '@shenpi/sdk/contract/wire/shop-audits'

import { longest } from 'shenpi-conformance/refused'
import { DATABASES } from '../databases.ts'
import { aBatch, aCategory, aRegistration } from '../factories.ts'
import { accepted, ask, shown } from './ask.ts'
import type { WireRequest } from './exchange.ts'
import { aMember, createWorld, GRANTED, type Member, OPTIONAL, type World } from './world.ts'

const { accountRegister, accountAuditStatus } = activations
const { deviceApplyId, deviceApplyStatus } = deviceBatches
const { auditCategory } = categories
const { auditResult } = shopAudits

for (const kind of DATABASES) {
  describe(`what may be applied for on ${kind.name}`, () => {
    let world: World
    before(async () => {
      world = await createWorld(kind)
    })
    after(() => world[Symbol.asyncDispose]())

    describe('account/register', () => {
      const rows: readonly (readonly [name: string, changes: Record<string, unknown>])[] = [
        ...longest(20).map(([name, value]) => [`name: ${name}`, { name: value }] as const),
        ...longest(250).map(([name, apply_reason]) => [`apply_reason: ${name}`, { apply_reason }] as const),
        ['apply_reason absent', { apply_reason: undefined }],
        ['apply_reason null', { apply_reason: null }],
        ['apply_reason empty', { apply_reason: '' }],
        ['quotes, markup and line breaks', { name: `"'<b>&\n`, apply_reason: `]]></xml>\r\n${'\u2028'}` }],
        ['email: the published example, whose copy lost its domain', { email: 'weixin123@' }],
        ['phone_number: with its country', { phone_number: '+86 138-0000-1234' }],
        ['qualification_cert_urls absent', { qualification_cert_urls: undefined }],
        ['qualification_cert_urls null', { qualification_cert_urls: null }],
        ['an industry whose document has no name, without one', { industry_id: '0102' }],
        ['the last industry', { industry_id: '1401' }],
      ]
      for (const [name, changes] of rows) {
        test(name, async () => {
          const account = await world.server.newAccount()
          const body = aRegistration(changes)
          assert.deepEqual(accepted(await ask(world, accountRegister, account, { body })).data, {})
          const { payload, state } = await shown(world, account, 1)
          const { qualification_cert_urls: _, ...sent } = { apply_reason: '', ...JSON.parse(JSON.stringify(body)) }
          assert.deepEqual(payload, { ...sent, apply_reason: sent.apply_reason ?? '' })
          assert.equal(state, 'under_review')
          const { data } = accepted(await ask(world, accountAuditStatus, account, {}))
          assert.deepEqual(
            { ...data, apply_time: 0 },
            { apply_time: 0, audit_comment: data.audit_comment, audit_status: 1, audit_time: 0 },
          )
        })
      }

      const links: readonly (readonly [name: string, urls: (link: string) => unknown])[] = [
        ['a link', (link) => [link]],
        ['a link without its host', (link) => [new URL(link).pathname]],
        ['a link by https and another host', (link) => [link.replace(/^http:\/\/[^/]+/, 'https://shp.qpic.cn')]],
        ['a link twice', (link) => [link, link]],
      ]
      for (const [name, urls] of links) {
        test(`qualification_cert_urls: ${name}`, async () => {
          const account = await aMember(world.server)
          const qualification_cert_urls = urls(account.license) as string[]
          const body = aRegistration({ industry_id: '0118', qualification_cert_urls })
          accepted(await ask(world, accountRegister, account, { body }))
          const { pictures } = await shown(world, account, 2)
          assert.deepEqual(
            pictures.map(({ state, reference }) => ({ state, reference })),
            qualification_cert_urls.map((reference) => ({ state: 'stored', reference })),
          )
        })
      }

      test('puts one of two simultaneous applications under review', async () => {
        const account = await world.server.newAccount()
        const replies = await Promise.all(
          [1, 2].map(() => ask(world, accountRegister, account, { body: aRegistration() })),
        )
        assert.deepEqual(replies.map(({ json }) => json.errcode).sort(), [0, 9001048])
      })
    })
    describe('account/auditstatus', () => {
      const requests: readonly (readonly [name: string, request: WireRequest])[] = [
        ['by GET', { method: 'GET' }],
        ['by POST without a body', { method: 'POST' }],
        ['by POST with an empty object', { method: 'POST', body: {} }],
        ['by POST with what is no JSON', { method: 'POST', body: 'x' }],
        ['with arguments that it does not know', { method: 'GET', query: 'a=b&c' }],
      ]
      for (const [name, request] of requests) {
        test(name, async () => {
          assert.equal(accepted(await ask(world, accountAuditStatus, world.applicant, request)).data.audit_status, 1)
          assert.equal(accepted(await ask(world, accountAuditStatus, world.merchant, request)).data.audit_status, 2)
        })
      }
    })
    describe('device/applyid', () => {
      const rows: readonly (readonly [
        name: string,
        changes: Record<string, unknown>,
        stored: Record<string, unknown>,
      ])[] = [
        ['quantity: a text of digits', { quantity: '3' }, { quantity: 3 }],
        ['quantity: digits with zeros before', { quantity: '003' }, { quantity: 3 }],
        ['quantity: the largest of the quick review', { quantity: 500 }, { quantity: 500 }],
        ...longest(100).map(
          ([name, apply_reason]) => [`apply_reason: ${name}`, { apply_reason }, { apply_reason }] as const,
        ),
        ...longest(15).map(([name, comment]) => [`comment: ${name}`, { comment }, { comment }] as const),
        ['comment absent', { comment: undefined }, { comment: '' }],
        ['comment null', { comment: null }, { comment: '' }],
        ['comment empty', { comment: '' }, { comment: '' }],
        ['poi_id null', { poi_id: null }, { poi_id: 0 }],
        ['poi_id 0', { poi_id: 0 }, { poi_id: 0 }],
        ['poi_id: a text of digits', { poi_id: '0' }, { poi_id: 0 }],
        ['comment with quotes, markup and line breaks', { comment: `"'<b>&\n` }, { comment: `"'<b>&\n` }],
      ]
      for (const [name, changes, stored] of rows) {
        test(name, async () => {
          const { data } = accepted(await ask(world, deviceApplyId, world.merchant, { body: aBatch(changes) }))
          assert.equal(data.audit_status, 2)
          const { payload } = await shown(world, world.merchant, data.apply_id)
          assert.deepEqual(payload, { ...aBatch(), poi_id: 0, ...stored })
          const status = accepted(
            await ask(world, deviceApplyStatus, world.merchant, { body: { apply_id: data.apply_id } }),
          )
          assert.equal(status.data.audit_status, 2)
          assert.equal(status.data.audit_time, status.data.apply_time)
        })
      }
    })
    describe('shop calls', () => {
      const rows: readonly (readonly [name: string, change: (of: Member) => { request?: object; info?: object }])[] = [
        ['links', () => ({})],
        ['license: a text', ({ picture }) => ({ request: { license: picture } })],
        ['license: a media_id', ({ mediaId }) => ({ request: { license: [mediaId] } })],
        ['license: a text that is a media_id', ({ mediaId }) => ({ request: { license: mediaId } })],
        ['license: a link without its host', ({ picture }) => ({ request: { license: [new URL(picture).pathname] } })],
        [
          "license: a link on the platform's own domain",
          ({ picture }) => ({ request: { license: [picture.replace(/^http:\/\/[^/]+/, 'https://mmecimage.cn')] } }),
        ],
        ['license: a document of Shake Nearby', ({ license }) => ({ request: { license: [license] } })],
        [
          'ten certificates',
          ({ picture, mediaId }) => ({ info: { certificate: [...Array(9).fill(picture), mediaId] } }),
        ],
        ['no certificate where one is optional', () => ({ info: { ...OPTIONAL, certificate: [] } })],
        ['levels of digits', () => ({ info: { level1: '1001', level2: '1014', level3: '1017' } })],
        ['levels of digits with zeros before', () => ({ info: { level3: '0000001017' } })],
        ['scene_group_list absent', () => ({ request: { scene_group_list: undefined } })],
        ['scene_group_list null', () => ({ request: { scene_group_list: null } })],
        ['scene_group_list empty', () => ({ request: { scene_group_list: [] } })],
        ['scene_group_list of digits', () => ({ request: { scene_group_list: ['1'] } })],
      ]
      const apply = (account: Member, { request = {}, info = {} }: { request?: object; info?: object }) => {
        const { picture } = account
        return aCategory([picture], [picture], {
          category_info: { ...GRANTED, certificate: [picture], ...info },
          ...request,
        })
      }
      for (const [name, change] of rows) {
        test(`audit_category: ${name}`, async () => {
          const account = await aMember(world.server)
          const body = apply(account, change(account))
          const { audit_id } = accepted(await ask(world, auditCategory, account, { body }))
          assert.equal(accepted(await ask(world, auditResult, account, { body: { audit_id } })).data.status, 0)
          const { pictures } = await shown(world, account, 2)
          assert.ok(pictures.length >= 1 && pictures.every(({ state }) => state === 'stored'))
        })
      }
    })
  })
}
