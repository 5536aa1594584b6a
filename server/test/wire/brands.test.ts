import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { brands, miniappCertificates, pictures, shopAudits } from '@shenpi/sdk'
import { api } from '@shenpi/sdk/contract/api'
import type { Static } from '@sinclair/typebox'
import { DATABASES } from '../databases.ts'
import { decide } from '../decide.ts'
import { aBrand, aFile, aPicture } from '../factories.ts'
import { newShop } from '../open-shop.ts'
import { callBackTo, startReceiver } from '../receiver.ts'
import { startTestServer, type WireClient } from '../start-server.ts'

const { auditBrand } = brands
const { getMiniappCertificate } = miniappCertificates
const { auditResult } = shopAudits

type RecordedDocuments = Static<typeof api.setMiniappCertificates.body>

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

async function uploadDocument(client: WireClient, resp_type: '0' | '1'): Promise<string> {
  const { img_info } = (await client.upload(pictures.imgUpload.path, aFile(await aPicture()), { resp_type })).json
  return img_info.media_id || img_info.temp_img_url
}

for (const kind of DATABASES) {
  describe(`brands on ${kind.name}`, () => {
    test('answer the documents of the registration that the operator recorded last', async () => {
      await using server = await startTestServer(kind)
      const [merchant, other] = [await newShop(server), await newShop(server)]
      const params = { appid: merchant.appid }
      const record = (body: RecordedDocuments) => server.api.call(api.setMiniappCertificates, { params, body })
      const documents = async (req_type: number) => {
        const { errcode, errmsg: _, ...rest } = (await merchant.post(getMiniappCertificate.path, { req_type })).json
        return errcode === 0 ? rest : errcode
      }
      await record({ category_info_list: [CATEGORY, { ...CATEGORY, second_category_id: 322 }], brand_info: BRAND })
      assert.deepEqual(await documents(1), { category_info_list: [CATEGORY, { ...CATEGORY, second_category_id: 322 }] })
      assert.deepEqual(await documents(2), { brand_info: BRAND, category_info_list: [] })
      await record({ category_info_list: [], brand_info: { ...BRAND, brand_wording: 'Camellia' } })
      assert.equal(await documents(1), 1050006)
      assert.equal((await documents(2)).brand_info.brand_wording, 'Camellia')
      const foreign = await other.post(getMiniappCertificate.path, { req_type: 2 })
      assert.equal(foreign.json.errcode, 1050006)
      const { json } = await server.sandbox.post(getMiniappCertificate.path, { req_type: 1 })
      assert.equal(json.category_info_list.length, 1, 'the sandbox’s account has some from the start')
    })

    for (const [format, mode] of [
      ['xml', 'secure'],
      ['json', 'plain'],
    ] as const) {
      test(`are rejected, applied for again, granted, and reported in ${format}`, async () => {
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
  })
}
