import type { ApiClient } from '@shenpi/sdk/client'
import type { KindName } from '@shenpi/sdk/contract/states'
import { createWireClient, type WireClient } from '@shenpi/sdk/wire'
import { categoryOf } from './categories.ts'
import { drawLicence } from './drawings.ts'
import type { DemoMerchant } from './merchants.ts'

/** The server whose queue is filled. */
export interface DemoServer {
  url: string
  key: string
  api: ApiClient
}

const FORM = { resp_type: 1, upload_type: 0 } as const
const DAY_MS = 24 * 60 * 60 * 1000

/** An account of a made-up merchant, and what its program sends over the wire. */
export class DemoAccount {
  readonly merchant: DemoMerchant
  readonly appid: string
  readonly wire: WireClient
  readonly #server: DemoServer

  private constructor(server: DemoServer, merchant: DemoMerchant, credentials: { appid: string; secret: string }) {
    this.#server = server
    this.merchant = merchant
    this.appid = credentials.appid
    this.wire = createWireClient({ url: server.url, ...credentials })
  }

  static async open(server: DemoServer, merchant: DemoMerchant, { hasShop }: { hasShop: boolean }) {
    const { appid, secret } = await server.api.createAccount({ body: { name: merchant.company } })
    const account = new DemoAccount(server, merchant, { appid, secret })
    if (hasShop) {
      await account.wire.shopAccess.registerApply()
      await account.decide('shop_registration', { move: 'approve' })
    }
    return account
  }

  async register(changes: Record<string, unknown> = {}, licence?: Buffer): Promise<void> {
    const { person, phone, email, industry, shop, creditCode } = this.merchant
    const document = new Uint8Array(licence ?? (await drawLicence(this.merchant)))
    const { pic_url } = await this.wire.pictures.materialAdd({ type: 'license', media: document })
    await this.wire.activations.accountRegister({
      name: person,
      phone_number: phone,
      email,
      industry_id: industry,
      qualification_cert_urls: [pic_url],
      apply_reason: `${shop}需要在店内部署摇一摇周边设备。营业执照 ${creditCode}`,
      ...changes,
    })
  }

  async uploadDocument(picture: Buffer): Promise<string> {
    return (await this.wire.pictures.imgUpload({ ...FORM, media: new Uint8Array(picture) })).img_info.temp_img_url
  }

  async applyForCategory(licence: Buffer, certificate: Buffer): Promise<void> {
    const [license, document] = [await this.uploadDocument(licence), await this.uploadDocument(certificate)]
    const { first_cat_id, second_cat_id, third_cat_id } = categoryOf(this.merchant)
    const levels = { level1: first_cat_id, level2: second_cat_id, level3: third_cat_id }
    const category_info = { ...levels, certificate: [document] }
    await this.wire.categories.auditCategory({ audit_req: { license: [license], category_info } })
  }

  async applyForBrand(licence: Buffer, certificate: Buffer, number: number): Promise<void> {
    const [license, document] = [await this.uploadDocument(licence), await this.uploadDocument(certificate)]
    const { brand, company } = this.merchant
    await this.wire.brands.auditBrand({
      audit_req: {
        license: [license],
        brand_info: {
          brand_audit_type: 1,
          trademark_type: String(25 + (number % 10)),
          brand_management_type: 1,
          commodity_origin_type: 2,
          brand_wording: brand,
          trademark_registration_certificate: [document],
          trademark_registrant: company,
          trademark_registrant_nu: String(50_000_001 + 1313 * number),
          trademark_authorization_period: '2031-06-30 00:00:00',
        },
      },
    })
  }

  async addStore(photo: Buffer, number: number): Promise<void> {
    const { url } = await this.wire.pictures.mediaUploadImg({ buffer: new Uint8Array(photo) })
    const { shop, province, city, district, address, phone, category, longitude, latitude } = this.merchant
    const base_info = {
      sid: `demo-${number}`,
      business_name: shop.replace(/（.*/, ''),
      branch_name: /（(.*)）/.exec(shop)?.[1] ?? '总店',
      ...{ province, city, district, address, telephone: phone, longitude, latitude },
      categories: [category],
      offset_type: 1,
      photo_list: [{ photo_url: url }],
      special: '免费WiFi，可预约',
      open_time: '09:00-21:30',
      recommend: '店长推荐，进店即享',
      introduction: `${shop}，开业三年，欢迎光临。`,
      avg_price: 30 + 7 * number,
    }
    await this.wire.stores.addPoi({ business: { base_info } })
  }

  async applyForQuota(quantity: number, purpose: string): Promise<void> {
    await this.#server.api.applyForDeviceQuota({ params: { appid: this.appid }, body: { quantity, purpose } })
  }

  /** The sandbox submits it as if it were so many days ago: over the wire every application is of now. */
  async submitEarlier(kind: KindName, payload: object, days: number): Promise<void> {
    const { url, key } = this.#server
    const applied_at = new Date(Date.now() - days * DAY_MS).toISOString()
    const answer = await fetch(`${url}/api/sandbox/applications`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ appid: this.appid, kind, payload, applied_at }),
    })
    if (answer.status !== 201) throw new Error(`the sandbox took no earlier application: ${await answer.text()}`)
  }

  /** Decide the account's open application of a kind, as staff do. */
  async decide(kind: KindName, decision: { move: 'approve' | 'reject'; reason?: string; fields?: string[] }) {
    const { api } = this.#server
    const query = { appid: this.appid, kind, state: 'under_review' } as const
    const [application] = (await api.listApplications({ query })).items
    if (!application) throw new Error(`${this.merchant.company} has no open ${kind}`)
    const { id, version } = application
    await api.decideApplication({ params: { id }, version, body: decision })
  }
}
