import { SHOP_AUDIT_STATUS } from '@shenpi/sdk/contract/wire/shop-audits'
import { toAuditId } from '../applications/application-id.ts'
import type { ApplicationKind } from '../applications/application-kind.ts'
import { Problem } from '../problem.ts'
import { findShopAccess } from '../shop-access/shop-access.store.ts'
import { assertOpen } from '../shop-access/shop-access.ts'
import type { BrandInfo } from './brand.ts'

type PictureField =
  | 'sale_authorization'
  | 'trademark_registration_certificate'
  | 'trademark_change_certificate'
  | 'trademark_registration_application'
  | 'imported_goods_form'

export interface BrandQualificationPayload extends Omit<BrandInfo, PictureField> {
  /** Drawn with the application, as real pushes name one even when they reject; 0 before. Granted with the approval. */
  brand_id: number
  scene_group_list: number[]
}

/** `audit_type` of a brand's event. Source: docs/protocol/shops.md, open_product_brand_audit. */
const BRAND_AUDIT_TYPE = 1
/** The first brand of an account is one above. Our choice. */
const BRAND_ID_BASE = 10_000

/** One brand is one wording under one number, however it is spelt. */
const subjectOf = ({ brand_wording, trademark_registrant_nu }: BrandQualificationPayload): string =>
  `brand:${JSON.stringify([brand_wording, trademark_registrant_nu].map((text) => text.trim().toLowerCase()))}`

export const brandQualificationKind: ApplicationKind<BrandQualificationPayload> = {
  name: 'brand_qualification',
  number: (payload, account) => ({ ...payload, brand_id: BRAND_ID_BASE + account.number('brand') }),
  subject: subjectOf,
  open: 'brand.under_review',
  async admit(trx, { accountId, payload }, latest) {
    // A granted brand is not applied for again, so its application is the latest.
    if (latest?.state !== 'approved') return
    const grant = await trx
      .selectFrom('brand_grant')
      .select('brand_id')
      .where('account_id', '=', accountId)
      .where('subject', '=', subjectOf(payload))
      .executeTakeFirst()
    if (grant) throw new Problem('brand.granted')
  },
  screen: () => 'review',
  async approve(trx, { accountId, applicationNo, subject, payload, decidedAt, appliedAt }) {
    assertOpen(await findShopAccess(trx, accountId))
    const { brand_id, brand_wording } = payload as BrandQualificationPayload
    await trx
      .insertInto('brand_grant')
      .values({
        account_id: accountId,
        brand_id,
        brand_wording,
        subject,
        application_no: applicationNo,
        granted_at: (decidedAt ?? appliedAt).getTime(),
      })
      .execute()
  },
  announce: (application) => ({
    name: 'open_product_brand_audit',
    fields: {
      QualificationAuditResult: {
        audit_id: toAuditId(application),
        status: SHOP_AUDIT_STATUS[application.state],
        audit_type: BRAND_AUDIT_TYPE,
        reject_reason: application.state === 'rejected' ? application.reason : '',
        brand_id: (application.payload as BrandQualificationPayload).brand_id,
      },
    },
  }),
  summarize: ({ brand_wording, trademark_registrant_nu, trademark_type }) =>
    `brand ${brand_wording}, no. ${trademark_registrant_nu} in class ${trademark_type}`,
}
