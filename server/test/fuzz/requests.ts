import { brands, categories, devices, lotteries, pages, pictures, relations, shopAccess, stores } from '@shenpi/sdk'
import { api, type Endpoint } from '@shenpi/sdk/contract/api'
import type { Call } from '@shenpi/sdk/contract/call'
import { ACCESS_ITEMS, SCENE } from '@shenpi/sdk/contract/wire/shop-access'
import { type TSchema, Type } from '@sinclair/typebox'

/** A schema with other members in the place of some, and with some that must be there. */
function narrow(schema: TSchema, members: Record<string, TSchema>, required: readonly string[] = []): TSchema {
  const needed = required.map((name) => [name, Type.Optional(schema.properties[name], false)])
  return Type.Object({ ...schema.properties, ...Object.fromEntries(needed), ...members })
}

const oneOf = (...values: readonly (string | number)[]) => Type.Union(values.map((value) => Type.Literal(value)))
const text = (maxLength: number) => Type.String({ minLength: 1, maxLength, pattern: '^[^\\s\\u0000]+$' })
const time = Type.String({ pattern: '^20[0-3]\\d-0[1-9]-[12]\\d [01]\\d:[0-5]\\d:[0-5]\\d$' })
const notEmpty = (list: TSchema): TSchema => ({ ...Type.Optional(list, false), minItems: 1 })

const search = devices.deviceSearch.request
const pageSearch = pages.pageSearch.request
const relationSearch = relations.relationSearch.request
const category = categories.auditCategory.request.properties.audit_req
const brand = brands.auditBrand.request.properties.audit_req
const brandInfo = brand.properties.brand_info.properties
const change = stores.updatePoi.request.properties.business.properties.base_info

/** Rules by few names, so that one that is deleted was often put before. */
export const RULE_NAMES = ['first', 'second'] as const

/** Red packets by few names, so that one that is entered was often told of before. */
const packetTicket = oneOf(...Array.from({ length: 100 }, (_, number) => `v1|${number}`))

/** Rules that few applications match, so that staff have some to decide. */
const outcomeRule = {
  match: Type.Object({
    kinds: Type.Optional(Type.Array(oneOf('device_batch', 'store'), { minItems: 1, maxItems: 2 })),
    fields: Type.Array(Type.Object({ path: oneOf('comment', 'base_info.city'), equals: oneOf('a', '广州市') }), {
      minItems: 1,
      maxItems: 2,
    }),
  }),
  outcome: Type.Union([
    Type.Object({ move: Type.Literal('reject'), reason: text(100) }),
    Type.Object({ move: Type.Literal('approve') }),
  ]),
  when: Type.Optional(Type.Object({ polls: Type.Integer({ minimum: 0, maximum: 9 }) })),
}
const oneRule = Type.Object({ position: Type.Optional(Type.Integer({ minimum: 0, maximum: 9 })), ...outcomeRule })
const ruleList = Type.Object({ rules: Type.Array(Type.Object({ name: oneOf(...RULE_NAMES), ...outcomeRule })) })

/**
 * Which members of a request go together, where the schema alone allows what the call's rule refuses. In one of these
 * shapes a request lacks nothing.
 */
const NARROWER = new Map<Call | Endpoint, TSchema>([
  [
    devices.deviceSearch,
    Type.Union([
      narrow(search, { type: Type.Optional(Type.Literal(1)) }, ['device_identifiers']),
      narrow(search, { type: Type.Literal(2) }),
      narrow(search, { type: Type.Literal(3) }, ['apply_id']),
    ]),
  ],
  [
    pages.pageSearch,
    Type.Union([
      narrow(pageSearch, { type: Type.Optional(Type.Literal(1)) }, ['page_ids']),
      narrow(pageSearch, { type: Type.Optional(Type.Literal(2)) }),
    ]),
  ],
  [
    relations.relationSearch,
    Type.Union([
      narrow(relationSearch, { type: Type.Literal(1) }, ['device_identifier']),
      narrow(relationSearch, { type: Type.Literal(2) }, ['page_id']),
    ]),
  ],
  [
    pictures.imgUpload,
    Type.Union([
      narrow(pictures.imgUpload.request, { upload_type: Type.Optional(Type.Literal(0)) }),
      narrow(pictures.imgUpload.request, { upload_type: Type.Literal(1) }, ['img_url']),
    ]),
  ],
  [
    categories.auditCategory,
    Type.Object({
      audit_req: narrow(category, {
        license: notEmpty(category.properties.license),
        category_info: narrow(category.properties.category_info, {
          certificate: notEmpty(category.properties.category_info.properties.certificate),
        }),
      }),
    }),
  ],
  [
    brands.auditBrand,
    Type.Object({
      audit_req: narrow(brand, {
        license: notEmpty(brand.properties.license),
        brand_info: narrow(brand.properties.brand_info, {
          brand_wording: text(100),
          sale_authorization: notEmpty(brandInfo.sale_authorization),
          trademark_registration_certificate: notEmpty(brandInfo.trademark_registration_certificate),
          trademark_registrant: text(200),
          trademark_registrant_nu: text(64),
          trademark_authorization_period: time,
          trademark_registration_application: notEmpty(brandInfo.trademark_registration_application),
          trademark_applicant: text(200),
          trademark_application_time: time,
        }),
      }),
    }),
  ],
  [shopAccess.finishAccessInfo, Type.Object({ access_info_item: oneOf(...ACCESS_ITEMS) })],
  [shopAccess.applyScene, narrow(shopAccess.applyScene.request, { scene_group_id: oneOf(...Object.values(SCENE)) })],
  [
    shopAccess.updateInfo,
    narrow(shopAccess.updateInfo.request, { service_agent_path: text(1024), service_agent_phone: text(32) }),
  ],
  [stores.updatePoi, Type.Object({ business: Type.Object({ base_info: narrow(change, {}, ['open_time']) }) })],
  [api.setCallback, narrow(api.setCallback.body, { encoding_aes_key: Type.String({ pattern: '^[A-Za-z0-9]{43}$' }) })],
  [
    lotteries.setPrizeBucket,
    narrow(lotteries.setPrizeBucket.request, {
      prize_info_list: Type.Array(Type.Object({ ticket: packetTicket }), { minItems: 1, maxItems: 100 }),
    }),
  ],
  [
    api.preorderRedPackets,
    narrow(api.preorderRedPackets.body, {
      expires_at: oneOf('2036-01-01T00:00:00Z', '2036-06-01T00:00:00Z', '2026-01-01T00:00:00Z'),
      packets: Type.Array(Type.Object({ ticket: packetTicket, amount: oneOf(99, 100, 250, 100_000, 100_001) }), {
        minItems: 1,
        maxItems: 1000,
      }),
    }),
  ],
  [api.putOutcomeRule, oneRule],
  [api.putSharedOutcomeRule, oneRule],
  [api.setOutcomeRules, ruleList],
  [api.setSharedOutcomeRules, ruleList],
  [
    api.setLimits,
    narrow(api.setLimits.body, {
      ip_allow: Type.Array(oneOf('127.0.0.1', '127.0.0.0/8', '10.0.0.1', '::1', '2001:db8::/32'), { maxItems: 200 }),
    }),
  ],
])

/** Some filters are of applications under review alone. */
function filtersOfOneState({ properties }: TSchema): TSchema {
  const { due: _, claim: __, stage: ___, ...ofEveryState } = properties
  const underReview = { ...properties, state: Type.Optional(Type.Literal('under_review')) }
  return Type.Union([Type.Object(ofEveryState), Type.Object(underReview)])
}

/** As above, of the query. */
const NARROWER_QUERIES = new Map<Endpoint, TSchema>(
  [api.listApplications, api.exportApplications].map((endpoint) => [endpoint, filtersOfOneState(endpoint.query)]),
)

/** The shape of valid requests of a call. */
export const requestOf = (call: Call): TSchema => NARROWER.get(call) ?? call.request
export const queryOf = (endpoint: Endpoint): TSchema => NARROWER_QUERIES.get(endpoint) ?? endpoint.query
export const bodyOf = (endpoint: Endpoint): TSchema => NARROWER.get(endpoint) ?? endpoint.body
