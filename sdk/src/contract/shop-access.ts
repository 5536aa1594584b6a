import { call, type Leniency, Nothing, refusal, wholeNumber } from './call.ts'
import { Type } from './schema.ts'
import { SHOP_PICTURES_MAX, shopPictures } from './shops.ts'
import { STORABLE } from './text.ts'

/** Values of `brand_audit_type`, `brand_management_type` and `commodity_origin_type`. Source: docs/protocol/shops.md, audit_brand. */
export const BRAND_AUDIT_TYPE = { domesticR: 1, domesticTM: 2, foreignR: 3, foreignTM: 4 } as const
export const BRAND_MANAGEMENT_TYPE = { own: 1, agent: 2, none: 3 } as const
export const COMMODITY_ORIGIN_TYPE = { imported: 1, domestic: 2 } as const
/** The brand of goods without one; nobody applies for it. Source: docs/protocol/shops.md, audit_brand. */
export const NO_BRAND_ID = 2_100_000_000
/** Tasks of the access. Source: docs/protocol/shops.md, register/finish_access_info. */
export const ACCESS_ITEMS = [6, 7, 8, 9, 10, 11, 19, 20] as const
/** The scenes that can be applied for. Source: docs/protocol/shops.md, scene_group_list. */
export const SCENE = { channels: 1, orderCentre: 3 } as const
/** What a scene consists of: after-sales service and the shop itself. Source: docs/protocol/shops.md, register/check. */
export const SCENE_EXTENSIONS = { customerService: 1, shop: 2 } as const
/** Review states of a scene. Source: docs/protocol/shops.md, register/check. */
export const SCENE_STATUS = { under_review: 0, approved: 1, rejected: 2, none: 3 } as const
/** `status` of the access and of its event. Source: docs/protocol/shops.md, open_product_account_register. */
export const ACCESS_STATUS = { connected: 2, banned: 3, cancelled: 10 } as const
/** `service_agent_type`. Source: docs/protocol/shops.md, account/update_info. */
export const SERVICE_AGENT_TYPE = { miniProgram: 0, path: 1, phone: 2 } as const

const post = { methods: ['POST'], family: 'shop', authorized: true, body: 'json' } as const
/** Every call but those that open the component and tell how that stands. Source: docs/protocol/shops.md. */
const inside = { ...post, connected: true } as const
const root = refusal('shop.parameter_invalid', 'shop.parameter_missing')
/** Without U+0000, which PostgreSQL does not keep. */
const text = (maxLength: number) =>
  Type.String({
    maxLength,
    pattern: '^[^\\u0000]*$',
    ...refusal('shop.parameter_too_long', 'shop.parameter_missing'),
  })
/** A day that months have: the 29th of February of any year. */
const DAY = '((0[13578]|1[02])-(0[1-9]|[12]\\d|3[01])|(0[469]|11)-(0[1-9]|[12]\\d|30)|02-(0[1-9]|[12]\\d))'
/** Empty where a typed client leaves it out. */
const time = Type.String({
  pattern: `^$|^\\d{4}-${DAY} ([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d$`,
  ...refusal('shop.parameter_invalid', 'shop.parameter_missing'),
})
const oneTo = (maximum: number) => wholeNumber({ minimum: 1, maximum, ...root })

/** An empty text is none: typed clients send one where they have nothing. */
const documents = (leniency: Leniency = {}) => shopPictures({ ...leniency, emptyForAbsent: true })

/** Which of these are required follows from `brand_audit_type` and `brand_management_type`. */
const BrandInfo = Type.Object({
  brand_audit_type: oneTo(4),
  trademark_type: Type.Union([Type.String({ pattern: '^([1-9]|[1-3]\\d|4[0-5])$' }), oneTo(45)], root),
  brand_management_type: oneTo(3),
  commodity_origin_type: oneTo(2),
  brand_wording: text(100),
  sale_authorization: Type.Optional(documents()),
  trademark_registration_certificate: Type.Optional(documents()),
  trademark_change_certificate: Type.Optional(documents()),
  trademark_registrant: Type.Optional(text(200)),
  trademark_registrant_nu: text(64),
  trademark_authorization_period: Type.Optional(time),
  trademark_registration_application: Type.Optional(documents()),
  trademark_applicant: Type.Optional(text(200)),
  trademark_application_time: Type.Optional(time),
  imported_goods_form: Type.Optional(documents()),
})

/** `req_type`. Source: docs/protocol/shops.md, audit/get_miniapp_certificate. */
export const CERTIFICATE_TYPE = { categories: 1, brand: 2 } as const
/** Categories with a document that are kept of an account. Our choice. */
export const MINIAPP_CATEGORIES_MAX = 50

const DocumentLink = Type.String({ maxLength: 2048, trimmed: true, pattern: '^https?://[^\\s\\u0000]+$' })
const DocumentLinks = Type.Array(DocumentLink, { maxItems: SHOP_PICTURES_MAX })
const CategoryName = Type.String({ maxLength: 100, pattern: STORABLE })

/** A category of the mini program's own registration, which is none of the shop's, and its document. */
export const MiniappCategory = Type.Object({
  first_category_id: wholeNumber(),
  first_category_name: CategoryName,
  second_category_id: wholeNumber(),
  second_category_name: CategoryName,
  certificate_url: DocumentLinks,
})

/** The brand that was last shown for it. */
export const MiniappBrand = Type.Object({
  brand_wording: Type.String({ minLength: 1, maxLength: 100, pattern: STORABLE }),
  sale_authorization: DocumentLinks,
  trademark_registration_certificate: DocumentLinks,
})

const flag = Type.Integer({ minimum: 0, maximum: 1 })
/** One of {@link SCENE}. */
const oneOfScenes = oneTo(SCENE.orderCentre)

export const shopAccess = {
  auditBrand: call({
    ...inside,
    path: '/shop/audit/audit_brand',
    summary: 'Apply for a brand',
    request: Type.Object(
      {
        audit_req: Type.Object({
          license: documents({ oneForList: true }),
          brand_info: BrandInfo,
          scene_group_list: Type.Optional(
            Type.Array(wholeNumber(), { maxItems: 10, ...refusal('scene.not_open_for_brand') }),
          ),
        }),
      },
      root,
    ),
    answer: Type.Object({ audit_id: Type.String({ pattern: '^[A-Za-z0-9_-]{22}$' }) }),
    problems: [
      'shop.parameter_missing',
      'shop.parameter_invalid',
      'shop.parameter_too_long',
      'brand.granted',
      'brand.under_review',
      'brand.free',
      'scene.not_open_for_brand',
      'picture.link_invalid',
      'picture.media_id_unknown',
    ],
  }),

  getMiniappCertificate: call({
    ...inside,
    path: '/shop/audit/get_miniapp_certificate',
    summary: 'Read the documents that the mini program was registered with',
    safe: true,
    request: Type.Object({ req_type: oneTo(2) }, root),
    answer: Type.Object({
      category_info_list: Type.Array(MiniappCategory),
      brand_info: Type.Optional(MiniappBrand),
    }),
    problems: ['shop.parameter_missing', 'shop.parameter_invalid', 'certificate.none'],
  }),

  getCategoryList: call({
    ...inside,
    path: '/shop/account/get_category_list',
    summary: 'List the categories that were granted',
    safe: true,
    request: Nothing,
    answer: Type.Object({
      data: Type.Array(
        Type.Object({
          third_cat_id: wholeNumber(),
          third_cat_name: Type.String(),
          second_cat_id: wholeNumber(),
          second_cat_name: Type.String(),
          first_cat_id: wholeNumber(),
          first_cat_name: Type.String(),
        }),
      ),
    }),
    problems: ['shop.parameter_invalid'],
  }),

  getBrandList: call({
    ...inside,
    path: '/shop/account/get_brand_list',
    summary: 'List the brands that were granted',
    safe: true,
    request: Nothing,
    answer: Type.Object({ data: Type.Array(Type.Object({ brand_id: wholeNumber(), brand_wording: Type.String() })) }),
    problems: ['shop.parameter_invalid'],
  }),

  updateInfo: call({
    ...inside,
    path: '/shop/account/update_info',
    summary: 'Set how customers reach the shop’s service',
    request: Type.Object(
      {
        service_agent_type: Type.Array(wholeNumber({ maximum: 2, ...root }), { minItems: 1, maxItems: 3, ...root }),
        service_agent_path: Type.Optional(text(1024)),
        service_agent_phone: Type.Optional(text(32)),
        default_receiving_address: Type.Optional(
          Type.Object({
            receiver_name: text(64),
            detailed_address: text(256),
            tel_number: text(32),
            country: Type.Optional(text(64)),
            province: Type.Optional(text(64)),
            city: Type.Optional(text(64)),
            town: Type.Optional(text(64)),
          }),
        ),
      },
      root,
    ),
    answer: Nothing,
    problems: ['shop.parameter_missing', 'shop.parameter_invalid', 'shop.parameter_too_long'],
  }),

  getInfo: call({
    ...inside,
    path: '/shop/account/get_info',
    summary: 'Read how customers reach the shop’s service',
    safe: true,
    request: Nothing,
    answer: Type.Object({
      data: Type.Object({
        service_agent_path: Type.String(),
        service_agent_phone: Type.String(),
        service_agent_type: Type.Array(wholeNumber()),
      }),
    }),
    problems: ['shop.parameter_invalid'],
  }),

  registerApply: call({
    ...post,
    path: '/shop/register/apply',
    summary: 'Apply to open the component',
    request: Nothing,
    answer: Nothing,
    problems: ['shop.parameter_invalid', 'shop.connected', 'shop.registration_under_review'],
  }),

  registerCheck: call({
    ...post,
    path: '/shop/register/check',
    summary: 'Read how the access stands',
    safe: true,
    request: Nothing,
    answer: Type.Object({
      data: Type.Object({
        status: Type.Integer({ minimum: 2, maximum: 3 }),
        access_info: Type.Object({
          spu_audit_success: flag,
          spu_audit_finished: flag,
          send_delivery_success: flag,
          send_delivery_finished: flag,
          pay_order_success: flag,
          pay_order_finished: flag,
          ec_order_success: flag,
          ec_order_finished: flag,
          add_aftersale_success: flag,
          add_aftersale_finished: flag,
          ec_after_sale_success: flag,
          ec_after_sale_finished: flag,
          test_api_finished: flag,
          deploy_wxa_finished: flag,
          open_product_task_finished: flag,
        }),
        scene_group_list: Type.Array(
          Type.Object({
            group_id: wholeNumber(),
            name: Type.String(),
            reason: Type.String(),
            status: Type.Integer({ minimum: 0, maximum: 3 }),
            scene_group_ext_list: Type.Array(
              Type.Object({
                ext_id: wholeNumber(),
                status: Type.Integer({ minimum: 0, maximum: 3 }),
                name: Type.Optional(Type.String()),
              }),
            ),
          }),
        ),
      }),
    }),
    problems: ['shop.parameter_invalid', 'shop.not_connected'],
  }),

  finishAccessInfo: call({
    ...post,
    path: '/shop/register/finish_access_info',
    summary: 'Say that a task of the access is done',
    request: Type.Object(
      {
        /** One of {@link ACCESS_ITEMS}. */
        access_info_item: wholeNumber({ minimum: ACCESS_ITEMS[0], maximum: ACCESS_ITEMS.at(-1), ...root }),
      },
      root,
    ),
    answer: Nothing,
    problems: ['shop.parameter_missing', 'shop.parameter_invalid', 'shop.not_connected', 'shop.banned'],
  }),

  applyScene: call({
    ...post,
    path: '/shop/register/apply_scene',
    summary: 'Apply for a scene',
    request: Type.Object(
      {
        scene_group_id: Type.Optional(oneOfScenes),
        /** What one table calls it. */
        scene_group: Type.Optional(oneOfScenes),
      },
      root,
    ),
    answer: Nothing,
    problems: [
      'shop.parameter_missing',
      'shop.parameter_invalid',
      'shop.not_connected',
      'shop.banned',
      'scene.under_review',
      'scene.granted',
    ],
  }),
}
