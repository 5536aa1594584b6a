import { Type } from '@shenpi/sdk/contract/schema'
import { brands } from '@shenpi/sdk/contract/wire'
import type { Static } from '@sinclair/typebox'
import { defineKind } from '../applications/application-kind.ts'
import { Problem } from '../problem.ts'
import { insertBrandGrant, isBrandGranted } from '../shop-access/grant.store.ts'
import { findShopAccess } from '../shop-access/shop-access.store.ts'
import { assertOpen } from '../shop-access/shop-access.ts'
import { toBrandAudit } from './brand-audit.presenter.ts'

/** A brand's payload without its pictures, which are stored with the application. */
const BrandWords = Type.Pick(brands.auditBrand.request.properties.audit_req.properties.brand_info, [
  'brand_audit_type',
  'trademark_type',
  'brand_management_type',
  'commodity_origin_type',
  'brand_wording',
  'trademark_registrant',
  'trademark_registrant_nu',
  'trademark_authorization_period',
  'trademark_applicant',
  'trademark_application_time',
])

const BrandQualificationPayload = Type.Composite([
  BrandWords,
  Type.Object({
    /** Drawn with the application, as real pushes name one even when they reject; 0 before. Granted with the approval. */
    brand_id: Type.Integer(),
    scene_group_list: Type.Array(Type.Integer()),
  }),
])
export type BrandQualificationPayload = Static<typeof BrandQualificationPayload>

/** The first brand of an account is one above. Our choice. */
const BRAND_ID_BASE = 10_000

/** One brand is one wording under one number, however it is spelt. */
const subjectOf = ({
  brand_wording,
  trademark_registrant_nu,
}: Pick<BrandQualificationPayload, 'brand_wording' | 'trademark_registrant_nu'>): string =>
  `brand:${JSON.stringify([brand_wording, trademark_registrant_nu].map((text) => text.trim().toLowerCase()))}`

/** A brand whose goods the account may sell. */
export const brandQualificationKind = defineKind({
  name: 'brand_qualification',
  payload: BrandQualificationPayload,
  number: async (payload, account) => ({ ...payload, brand_id: BRAND_ID_BASE + (await account.number('brand')) }),
  subject: subjectOf,
  open: 'brand.under_review',
  async admit({ trx, accountId }, { payload }, latest) {
    // A granted brand is not applied for again, so its application is the latest.
    if (latest?.state === 'approved' && (await isBrandGranted(trx, accountId, subjectOf(payload))))
      throw new Problem('brand.granted')
  },
  screen: () => 'review',
  approvalReads: [findShopAccess],
  async approve(account, { applicationNo, subject, payload, decidedAt }) {
    assertOpen(await account.ask(findShopAccess))
    const { trx, accountId } = account
    const { brand_id: brandId, brand_wording: brandWording } = payload
    await insertBrandGrant(trx, { accountId, applicationNo, at: decidedAt, brandId, brandWording, subject })
  },
  announce: toBrandAudit,
  summarize: ({ brand_wording, trademark_registrant_nu, trademark_type }, language) =>
    language === 'zh'
      ? `品牌 ${brand_wording}，第 ${trademark_type} 类，注册号 ${trademark_registrant_nu}`
      : `brand ${brand_wording}, no. ${trademark_registrant_nu} in class ${trademark_type}`,
})
