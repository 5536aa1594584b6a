import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { shopAccess, shops } from '@shenpi/sdk'
import { api } from '@shenpi/sdk/contract/api'
import type { Static } from '@sinclair/typebox'
import { BRAND_REQUIREMENTS } from '../../src/shops/brand.ts'
import { DATABASES } from '../databases.ts'
import { decide } from '../decide.ts'
import { aBrand, aCategory, aFile, aPicture } from '../factories.ts'
import { newShop, openShop, setShopStatus } from '../open-shop.ts'
import { callBackTo, startReceiver } from '../receiver.ts'
import { startTestServer, type WireClient } from '../start-server.ts'
import { run, runUnchanged, snapshot, unshown, type WireCase, withoutRid } from './shop-case.ts'

const { auditBrand, getBrandList, getCategoryList, getMiniappCertificate } = shopAccess
const { auditResult } = shops

type RecordedDocuments = Static<typeof api.setMiniappCertificates.body>

const CALLS = [auditBrand, getBrandList, getCategoryList, getMiniappCertificate]

const DOCUMENT = '{document}'
const brand = (changes: Record<string, unknown> = {}, request: Record<string, unknown> = {}) =>
  aBrand(DOCUMENT, changes, request)

/** The four columns of requirements, each with a request that has everything and nothing else. */
const registered = {
  trademark_registration_certificate: [DOCUMENT],
  trademark_registrant: '山茶有限公司',
  trademark_authorization_period: '2030-12-31 00:00:00',
  trademark_registration_application: undefined,
  trademark_applicant: undefined,
  trademark_application_time: undefined,
}
const appliedFor = {
  trademark_registration_certificate: [],
  trademark_registrant: '',
  trademark_authorization_period: '',
  trademark_registration_application: [DOCUMENT],
  trademark_applicant: '山茶有限公司',
  trademark_application_time: '2025-01-31 08:00:00',
}
const agent = { brand_management_type: 2, sale_authorization: [DOCUMENT] }
const COLUMNS = [
  { name: 'an own brand, R', info: { brand_audit_type: 1, ...registered } },
  { name: 'an own brand, TM', info: { brand_audit_type: 2, ...appliedFor } },
  { name: 'an agent’s brand, R', info: { brand_audit_type: 3, ...registered, ...agent } },
  { name: 'an agent’s brand, TM', info: { brand_audit_type: 4, ...appliedFor, ...agent } },
] as const

/** Each column without each field that it requires. */
const REQUIREMENTS: WireCase[] = COLUMNS.flatMap(({ name, info }, column) =>
  Object.entries(BRAND_REQUIREMENTS)
    .filter(([, requirement]) => requirement[column])
    .flatMap(([field]) =>
      [undefined, null].map((none) => ({
        name: `${name}, without ${field}`,
        call: auditBrand,
        request: field === 'license' ? brand(info, { license: none }) : brand({ ...info, [field]: none }),
        errcode: 990007,
      })),
    ),
)

const ACCEPTED: WireCase[] = [
  ...COLUMNS.map(({ name, info }, column) => ({
    name,
    call: auditBrand,
    request: brand({ ...info, trademark_registrant_nu: `column-${column}` }),
    errcode: 0,
  })),
  {
    name: 'licence as a text, class and types as digits, no scenes',
    call: auditBrand,
    request: brand(
      { trademark_type: 45, brand_audit_type: '1', commodity_origin_type: '1', trademark_registrant_nu: 'digits' },
      { license: DOCUMENT, scene_group_list: undefined },
    ),
    errcode: 0,
  },
  {
    name: 'a picture from elsewhere, fetched later',
    call: auditBrand,
    request: brand({ trademark_registrant_nu: 'link' }, { license: ['{elsewhere}'] }),
    errcode: 0,
  },
]

const FIELDS: WireCase[] = [
  { name: 'no audit_req', call: auditBrand, request: {}, errcode: 990007 },
  { name: 'audit_req is a text', call: auditBrand, request: { audit_req: '' }, errcode: 40097 },
  { name: 'no brand_info', call: auditBrand, request: { audit_req: { license: [DOCUMENT] } }, errcode: 990007 },
  { name: 'an empty licence list', call: auditBrand, request: brand({}, { license: [] }), errcode: 990007 },
  { name: 'an empty licence', call: auditBrand, request: brand({}, { license: '' }), errcode: 990007 },
  {
    name: 'an empty text for a list',
    call: auditBrand,
    request: brand({ trademark_registration_certificate: '' }),
    errcode: 990007,
  },
  { name: 'a licence of an empty text', call: auditBrand, request: brand({}, { license: [''] }), errcode: 1000035 },
  { name: 'a blank wording', call: auditBrand, request: brand({ brand_wording: ' ' }), errcode: 990007 },
  { name: 'audit type 5', call: auditBrand, request: brand({ brand_audit_type: 5 }), errcode: 40097 },
  { name: 'class 0', call: auditBrand, request: brand({ trademark_type: '0' }), errcode: 40097 },
  { name: 'class 46', call: auditBrand, request: brand({ trademark_type: '46' }), errcode: 40097 },
  { name: 'class 46 as a number', call: auditBrand, request: brand({ trademark_type: 46 }), errcode: 40097 },
  { name: 'management type 4', call: auditBrand, request: brand({ brand_management_type: 4 }), errcode: 40097 },
  { name: 'no brand at all', call: auditBrand, request: brand({ brand_management_type: 3 }), errcode: 1050011 },
  { name: 'origin type 0', call: auditBrand, request: brand({ commodity_origin_type: 0 }), errcode: 40097 },
  {
    name: 'a wording of 101 characters',
    call: auditBrand,
    request: brand({ brand_wording: '茶'.repeat(101) }),
    errcode: 990008,
  },
  { name: 'a wording with U+0000', call: auditBrand, request: brand({ brand_wording: 'a\0' }), errcode: 990008 },
  {
    name: 'a date alone',
    call: auditBrand,
    request: brand({ trademark_authorization_period: '2030-12-31' }),
    errcode: 40097,
  },
  {
    name: 'month 13',
    call: auditBrand,
    request: brand({ trademark_authorization_period: '2030-13-01 00:00:00' }),
    errcode: 40097,
  },
  {
    name: '11 pictures',
    call: auditBrand,
    request: brand({ trademark_registration_certificate: Array(11).fill(DOCUMENT) }),
    errcode: 990008,
  },
  {
    name: 'a picture that is no link',
    call: auditBrand,
    request: brand({}, { license: ['licence.png'] }),
    errcode: 1000035,
  },
  {
    name: 'a foreign media_id',
    call: auditBrand,
    request: brand({}, { license: ['{foreignMediaId}'] }),
    errcode: 40007,
  },
  {
    name: 'a scene that is not open',
    call: auditBrand,
    request: brand({}, { scene_group_list: [1, 3] }),
    errcode: 1000043,
  },
]

/** On an account with a brand under review and one that it was granted, spelt otherwise. */
const STATES: WireCase[] = [
  {
    name: 'a brand under review',
    call: auditBrand,
    request: brand({ trademark_registrant_nu: '1' }),
    errcode: 1050009,
  },
  {
    name: 'a brand that was granted',
    call: auditBrand,
    request: brand({ brand_wording: ' 山茶 CAMELLIA', trademark_registrant_nu: '2' }),
    errcode: 1050003,
  },
  { name: 'another number', call: auditBrand, request: brand({ trademark_registrant_nu: '3' }), errcode: 0 },
  {
    name: 'what was granted',
    call: getBrandList,
    request: {},
    errcode: 0,
    answer: { data: [{ brand_id: 10_002, brand_wording: '山茶 Camellia' }] },
  },
  {
    name: 'the result of a granted brand',
    call: auditResult,
    request: { audit_id: '{granted}' },
    errcode: 0,
    answer: { data: { status: 1, brand_id: 10_002, reject_reason: '' } },
  },
  {
    name: 'the result of a brand under review',
    call: auditResult,
    request: { audit_id: '{waiting}' },
    errcode: 0,
    answer: { data: { status: 0, brand_id: 0, reject_reason: '' } },
  },
  { name: 'no former document', call: getMiniappCertificate, request: { req_type: 2 }, errcode: 1050006 },
  { name: 'nothing said', call: getMiniappCertificate, request: {}, errcode: 990007 },
  { name: 'type 3', call: getMiniappCertificate, request: { req_type: 3 }, errcode: 40097 },
]

const CATEGORY = {
  first_category_id: 304,
  first_category_name: '商家自营',
  second_category_id: 321,
  second_category_name: '食品',
  certificate_url: ['https://example.com/1.png'],
}
const BRAND = {
  brand_wording: '山茶',
  sale_authorization: ['https://example.com/2.png'],
  trademark_registration_certificate: [],
}

/** On an account with documents of its registration: of categories and a brand, and then of a brand alone. */
const DOCUMENTED: WireCase[] = [
  {
    name: 'former documents of categories',
    call: getMiniappCertificate,
    request: { req_type: 1 },
    errcode: 0,
    answer: { category_info_list: [CATEGORY, { ...CATEGORY, second_category_id: 322 }] },
  },
  {
    name: 'the former brand',
    call: getMiniappCertificate,
    request: { req_type: '2' },
    errcode: 0,
    answer: { brand_info: BRAND, category_info_list: [] },
  },
]
const DOCUMENTED_BRAND: WireCase[] = [
  { name: 'no former category', call: getMiniappCertificate, request: { req_type: 1 }, errcode: 1050006 },
  {
    name: 'the brand of last',
    call: getMiniappCertificate,
    request: { req_type: 2 },
    errcode: 0,
    answer: { brand_info: { ...BRAND, brand_wording: 'Camellia' } },
  },
]

/** On an account that has nothing. */
const EMPTY: WireCase[] = [
  { name: 'no brand', call: getBrandList, request: {}, errcode: 0, answer: { data: [] } },
  { name: 'no category', call: getCategoryList, request: {}, errcode: 0, answer: { data: [] } },
]

/** On an account without the component. */
const CLOSED: WireCase[] = CALLS.map((call) => ({ name: 'without the component', call, request: {}, errcode: 48001 }))

/** On an account that is banned from it. */
const BANNED: WireCase[] = CALLS.map((call) => ({ name: 'banned', call, request: {}, errcode: 48004 }))

export const CASES: readonly WireCase[] = [
  ...REQUIREMENTS,
  ...ACCEPTED,
  ...FIELDS,
  ...STATES,
  ...DOCUMENTED,
  ...DOCUMENTED_BRAND,
  ...EMPTY,
  ...CLOSED,
  ...BANNED,
]

test('every refusal of the calls for brands is shown', () => {
  assert.deepEqual(unshown(CALLS, CASES), [])
})

async function uploadDocument(client: WireClient, resp_type: '0' | '1'): Promise<string> {
  const { img_info } = (await client.upload(shops.imgUpload.path, aFile(await aPicture()), { resp_type })).json
  return img_info.media_id || img_info.temp_img_url
}

for (const kind of DATABASES) {
  describe(`brands on ${kind.name}`, () => {
    test('no call for brands is served without the component', async () => {
      await using server = await startTestServer(kind)
      const merchant = await server.newAccount()
      for (const wireCase of CLOSED) await runUnchanged(server.services.db, merchant, wireCase)
      await openShop(server, merchant)
      await setShopStatus(server, merchant, 'banned')
      for (const wireCase of BANNED) await runUnchanged(server.services.db, merchant, wireCase)
    })

    test('the field rules of audit_brand, column by column', async () => {
      await using server = await startTestServer(kind)
      const [merchant, other] = [await newShop(server), await newShop(server)]
      const places = {
        document: await uploadDocument(merchant, '1'),
        foreignMediaId: await uploadDocument(other, '0'),
        elsewhere: `${server.url}/livez`,
      }
      for (const wireCase of [...REQUIREMENTS, ...FIELDS, ...EMPTY, ...ACCEPTED]) {
        await runUnchanged(server.services.db, merchant, wireCase, places)
      }
    })

    test('the rules of what is under review and granted; other accounts know nothing of it', async () => {
      await using server = await startTestServer(kind)
      const [merchant, other] = [await newShop(server), await newShop(server)]
      const document = await uploadDocument(merchant, '1')
      const apply = async (nu: string) =>
        (await merchant.post(auditBrand.path, aBrand(document, { trademark_registrant_nu: nu }))).json.audit_id
      const waiting = await apply('1')
      const granted = await apply('2')
      await decide(server, granted, 'approve')
      const places = { document, waiting, granted }
      for (const wireCase of STATES) await runUnchanged(server.services.db, merchant, wireCase, places)

      const before = await snapshot(server.services.db)
      const foreign = await other.post(auditResult.path, { audit_id: granted })
      const unknown = await other.post(auditResult.path, { audit_id: 'RQAAAPX1nuJsAAAAFTrfXW' })
      assert.equal(withoutRid(foreign), withoutRid(unknown))
      assert.deepEqual((await other.post(getBrandList.path, {})).json.data, [])
      assert.deepEqual(await snapshot(server.services.db), before)
      const theirs = await other.post(
        auditBrand.path,
        aBrand(await uploadDocument(other, '0'), { trademark_registrant_nu: '2' }),
      )
      assert.equal(theirs.json.errcode, 0, 'the same brand is another’s to apply for')
    })

    test('the documents of the registration are those that the operator recorded last', async () => {
      await using server = await startTestServer(kind)
      const [merchant, other] = [await newShop(server), await newShop(server)]
      const params = { appid: merchant.appid }
      const record = (body: RecordedDocuments) => server.api.call(api.setMiniappCertificates, { params, body })
      const { db } = server.services
      await record({ category_info_list: [CATEGORY, { ...CATEGORY, second_category_id: 322 }], brand_info: BRAND })
      for (const wireCase of DOCUMENTED) await runUnchanged(db, merchant, wireCase)
      await record({ category_info_list: [], brand_info: { ...BRAND, brand_wording: 'Camellia' } })
      for (const wireCase of DOCUMENTED_BRAND) await runUnchanged(db, merchant, wireCase)
      const foreign = await other.post(getMiniappCertificate.path, { req_type: 2 })
      assert.equal(foreign.json.errcode, 1050006)
      const { json } = await server.sandbox.post(getMiniappCertificate.path, { req_type: 1 })
      assert.equal(json.category_info_list.length, 1, 'the sandbox’s account has some from the start')
    })

    for (const [format, mode] of [
      ['xml', 'secure'],
      ['json', 'plain'],
    ] as const) {
      test(`a brand is rejected, applied for again, granted, and told in ${format}`, async () => {
        await using server = await startTestServer(kind)
        await using receiver = await startReceiver()
        const merchant = await newShop(server)
        await callBackTo(server, merchant, receiver, { format, mode })
        const request = aBrand(await uploadDocument(merchant, '0'))
        const apply = async () => (await merchant.post(auditBrand.path, request)).json.audit_id
        const first = await apply()
        await decide(server, first, 'reject', '证件不清晰')
        const rejection = (await receiver.waitFor(1)).message
        assert.equal(rejection.Event, 'open_product_brand_audit')
        assert.deepEqual(rejection.QualificationAuditResult, {
          audit_id: first,
          status: 9,
          audit_type: 1,
          reject_reason: '证件不清晰',
          brand_id: 10_001,
        })
        const rejected = (await merchant.post(auditResult.path, { audit_id: first })).json.data
        assert.deepEqual(rejected, { status: 9, brand_id: 0, reject_reason: '证件不清晰' })

        const second = await apply()
        const application = await server.api.call(api.getApplication, { params: { id: second } })
        assert.equal(application.summary, 'brand 山茶 Camellia, no. 12345678 in class 29')
        assert.ok(application.resubmission_of)
        assert.deepEqual(
          application.pictures.map(({ field }) => field),
          ['license', 'trademark_registration_certificate'],
        )
        await decide(server, second, 'approve')
        const approval = (await receiver.waitFor(2)).message.QualificationAuditResult
        assert.deepEqual([approval.status, approval.brand_id], [1, 10_002])
        const { data } = (await merchant.post(auditResult.path, { audit_id: second })).json
        assert.deepEqual(data, { status: 1, brand_id: 10_002, reject_reason: '' })
      })
    }

    test('a granted category is listed with its parents', async () => {
      await using server = await startTestServer(kind)
      const { sandbox } = server
      const document = await uploadDocument(sandbox, '1')
      const { audit_id } = (await sandbox.post(shops.auditCategory.path, aCategory([document], [document]))).json
      await decide(server, audit_id, 'approve')
      const answer = await run(sandbox, { name: 'granted', call: getCategoryList, request: {}, errcode: 0 })
      const ids = answer.json.data.map((category: Record<string, unknown>) => [
        category.first_cat_id,
        category.second_cat_id,
        category.third_cat_id,
      ])
      assert.deepEqual(ids, [[7419, 7439, 7448]])
    })
  })
}
