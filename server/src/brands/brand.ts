import { BRAND_AUDIT_TYPE, BRAND_MANAGEMENT_TYPE, type brands, type RequestOf } from '@shenpi/sdk/contract/wire'

type AuditRequest = RequestOf<typeof brands.auditBrand>['audit_req']
export type BrandInfo = AuditRequest['brand_info']
type BrandField = 'license' | keyof BrandInfo

/** The requirements of an own brand with R mark, an own one with TM mark, an agent's with R and an agent's with TM. */
type Requirement = readonly [ownR: 0 | 1, ownTM: 0 | 1, agentR: 0 | 1, agentTM: 0 | 1]

/** Which fields an application for a brand must have. Source: docs/protocol/shops.md, audit/audit_brand. */
const BRAND_REQUIREMENTS: Readonly<Record<BrandField, Requirement>> = {
  license: [1, 1, 1, 1],
  brand_audit_type: [1, 1, 1, 1],
  trademark_type: [1, 1, 1, 1],
  brand_management_type: [1, 1, 1, 1],
  commodity_origin_type: [1, 1, 1, 1],
  brand_wording: [1, 1, 1, 1],
  sale_authorization: [0, 0, 1, 1],
  trademark_registration_certificate: [1, 0, 1, 0],
  trademark_change_certificate: [0, 0, 0, 0],
  trademark_registrant: [1, 0, 1, 0],
  trademark_registrant_nu: [1, 1, 1, 1],
  trademark_authorization_period: [1, 0, 1, 0],
  trademark_registration_application: [0, 1, 0, 1],
  trademark_applicant: [0, 1, 0, 1],
  trademark_application_time: [0, 1, 0, 1],
  imported_goods_form: [0, 0, 0, 0],
}

/** A mark that is applied for, and not yet registered. */
const TM: readonly number[] = [BRAND_AUDIT_TYPE.domesticTM, BRAND_AUDIT_TYPE.foreignTM]

/**
 * The fields that an application lacks: absent, blank, or an empty list.
 *
 * @example
 * missingBrandFields({ ...ownR, license: [] }) // ['license']
 */
export function missingBrandFields(brand: BrandInfo & { license: readonly string[] }): BrandField[] {
  const agent = brand.brand_management_type === BRAND_MANAGEMENT_TYPE.agent ? 2 : 0
  const column = agent + (TM.includes(brand.brand_audit_type) ? 1 : 0)
  const fields = Object.keys(BRAND_REQUIREMENTS).filter(isBrandField)
  return fields.filter((field) => BRAND_REQUIREMENTS[field][column] && isBlank(brand[field]))
}

const isBrandField = (name: string): name is BrandField => Object.hasOwn(BRAND_REQUIREMENTS, name)

function isBlank(value: string | number | readonly string[] | undefined): boolean {
  if (typeof value === 'string') return value.trim() === ''
  return Array.isArray(value) ? value.length === 0 : value === undefined
}
