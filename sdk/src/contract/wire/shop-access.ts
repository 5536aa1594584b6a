import { call, Nothing, wholeNumber } from '../call.ts'
import { Type } from '../schema.ts'
import { connectedCall, shopCall, shopRefusal, shopText } from './families.ts'

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

const flag = Type.Integer({ minimum: 0, maximum: 1 })

/** A range is what a request is checked by first; a rule refuses what lies in it and is none of them. */
const oneOf = (numbers: readonly number[]) =>
  wholeNumber({
    minimum: Math.min(...numbers),
    maximum: Math.max(...numbers),
    description: `One of ${numbers.join(', ')}.`,
    ...shopRefusal,
  })

const oneOfScenes = oneOf(Object.values(SCENE))

export const shopAccess = {
  updateInfo: call({
    ...connectedCall,
    path: '/shop/account/update_info',
    summary: 'Set how customers reach the shop’s service',
    request: Type.Object(
      {
        service_agent_type: Type.Array(wholeNumber({ maximum: 2, ...shopRefusal }), {
          minItems: 1,
          maxItems: 3,
          ...shopRefusal,
        }),
        service_agent_path: Type.Optional(shopText(1024)),
        service_agent_phone: Type.Optional(shopText(32)),
        default_receiving_address: Type.Optional(
          Type.Object({
            receiver_name: shopText(64),
            detailed_address: shopText(256),
            tel_number: shopText(32),
            country: Type.Optional(shopText(64)),
            province: Type.Optional(shopText(64)),
            city: Type.Optional(shopText(64)),
            town: Type.Optional(shopText(64)),
          }),
        ),
      },
      shopRefusal,
    ),
    answer: Nothing,
    problems: ['shop.parameter_missing', 'shop.parameter_invalid', 'shop.parameter_too_long'],
  }),

  getInfo: call({
    ...connectedCall,
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
    ...shopCall,
    path: '/shop/register/apply',
    summary: 'Apply to open the component',
    request: Nothing,
    answer: Nothing,
    problems: ['shop.parameter_invalid', 'shop.connected', 'shop.registration_under_review'],
  }),

  registerCheck: call({
    ...shopCall,
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
    ...shopCall,
    path: '/shop/register/finish_access_info',
    summary: 'Say that a task of the access is done',
    request: Type.Object(
      {
        access_info_item: oneOf(ACCESS_ITEMS),
      },
      shopRefusal,
    ),
    answer: Nothing,
    problems: ['shop.parameter_missing', 'shop.parameter_invalid', 'shop.not_connected', 'shop.banned'],
  }),

  applyScene: call({
    ...shopCall,
    path: '/shop/register/apply_scene',
    summary: 'Apply for a scene',
    request: Type.Object(
      {
        scene_group_id: Type.Optional(oneOfScenes),
        /** What one table calls it. */
        scene_group: Type.Optional(oneOfScenes),
      },
      shopRefusal,
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
