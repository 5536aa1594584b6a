import {
  brands,
  CERTIFICATE_TYPE,
  categories,
  miniappCertificates,
  pictures,
  SHOP_AUDIT_STATUS,
  shopAudits,
} from '@shenpi/sdk'
import { findStanding, getApplication, type Standing } from '../../applications/application.store.ts'
import { type ApplicationKey, parseAuditId, toAuditId } from '../../applications/application-id.ts'
import { applyForBrand } from '../../brands/apply-for-brand.ts'
import type { BrandQualificationPayload } from '../../brands/brand-qualification.kind.ts'
import { applyForCategory } from '../../categories/apply-for-category.ts'
import { listCategories } from '../../categories/category.store.ts'
import { findMiniappCertificates } from '../../miniapp-certificates/miniapp-certificate.store.ts'
import { toLinkPath, toMediaId, toPayMediaId } from '../../pictures/picture-link.ts'
import { uploadShopPicture } from '../../pictures/upload-shop-picture.ts'
import { Problem } from '../../problem.ts'
import type { Services } from '../../services.ts'
import { listGrantedBrands, listGrantedCategories } from '../../shop-access/grant.store.ts'
import type { ServeCall } from './wire.ts'

/** Values of `resp_type` and `upload_type`. Source: docs/protocol/shops.md, img/upload. */
const RESPONSE = { mediaId: 0, link: 1, payMediaId: 2 } as const
const UPLOAD_BY_LINK = 1

export function shopsRoutes(serve: ServeCall, services: Services): void {
  const { db, review, outbound } = services

  serve(pictures.imgUpload, async ({ account, body, file, publicUrl }) => {
    const { resp_type = RESPONSE.mediaId, upload_type, img_url: url } = body
    const upload = upload_type === UPLOAD_BY_LINK ? ({ from: 'link', url } as const) : ({ from: 'file', file } as const)
    const key = await uploadShopPicture(services.pictures, outbound, account.accountId, upload)
    const link = publicUrl() + toLinkPath(key, 'shop', account.appid)
    return {
      img_info: {
        media_id: resp_type === RESPONSE.mediaId ? toMediaId(key) : '',
        temp_img_url: resp_type === RESPONSE.link ? link : '',
        pay_media_id: resp_type === RESPONSE.payMediaId ? toPayMediaId(key) : '',
      },
    }
  })

  serve(categories.catGet, async () => ({ third_cat_list: await listCategories(db) }))

  serve(categories.auditCategory, async ({ account, body }) => ({
    audit_id: toAuditId(await applyForCategory(review, account, body.audit_req)),
  }))

  serve(brands.auditBrand, async ({ account, body }) => ({
    audit_id: toAuditId(await applyForBrand(review, account.accountId, body.audit_req)),
  }))

  serve(miniappCertificates.getMiniappCertificate, async ({ account, body: { req_type } }) => {
    const { category_info_list = [], brand_info } = (await findMiniappCertificates(db, account.accountId)) ?? {}
    if (req_type === CERTIFICATE_TYPE.categories && category_info_list.length > 0) return { category_info_list }
    if (req_type === CERTIFICATE_TYPE.brand && brand_info) return { brand_info, category_info_list: [] }
    throw new Problem('certificate.none')
  })

  serve(categories.getCategoryList, async ({ account }) => ({
    data: await listGrantedCategories(db, account.accountId),
  }))

  serve(brands.getBrandList, async ({ account }) => ({ data: await listGrantedBrands(db, account.accountId) }))

  serve(shopAudits.auditResult, async ({ account, body }) => {
    const key = parseAuditId(body.audit_id)
    // Another account's application is as unknown as one that never was.
    const standing = key?.accountId === account.accountId ? await findStanding(db, key) : undefined
    if (!key || !standing || !isAudit(standing)) throw new Problem('audit.unknown')
    const { kind, state, reason } = standing
    const isGrantedBrand = kind === 'brand_qualification' && state === 'approved'
    return {
      data: {
        status: SHOP_AUDIT_STATUS[state],
        brand_id: isGrantedBrand ? await brandIdOf(db, key) : 0,
        reject_reason: state === 'rejected' ? reason : '',
      },
    }
  })
}

/** Whether the audit calls submit such applications. */
const isAudit = ({ kind }: Standing): boolean => kind === 'category_qualification' || kind === 'brand_qualification'

async function brandIdOf(db: Services['db'], key: ApplicationKey): Promise<number> {
  const { payload } = await getApplication(db, key)
  return (payload as BrandQualificationPayload).brand_id
}
