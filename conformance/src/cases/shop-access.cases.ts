import { shopAccess } from '@shenpi/sdk/contract/wire/shop-access'
import { after, type ConformanceCase, needing, type Story } from '../case.ts'
import { each, NO_NUMBERS, NO_OBJECTS, refused } from '../refused.ts'

const { registerApply, registerCheck, finishAccessInfo, applyScene, updateInfo, getInfo } = shopAccess
const same = (body: Record<string, unknown>) => body

/** Source: docs/protocol/shops.md, register/*. */
const UNCONNECTED: readonly ConformanceCase[] = [
  ...refused(registerCheck, 'newcomer', 1040003, [['not connected', {}]]),
  ...refused(finishAccessInfo, 'newcomer', 1040003, [['not connected', { access_info_item: 6 }]]),
  ...refused(applyScene, 'newcomer', 1040003, [['not connected', { scene_group_id: 1 }]]),
  ...refused(registerApply, 'applicant', 1050009, [['under review', {}]]),
  ...refused(registerCheck, 'applicant', 1040003, [['under review', {}]]),
  ...refused(finishAccessInfo, 'banned', 48004, [['banned', { access_info_item: 6 }]]),
  ...refused(applyScene, 'banned', 48004, [['banned', { scene_group_id: 1 }]]),
  { name: 'banned', call: registerCheck, by: 'banned', request: {}, answer: { data: { status: 3 } } },
  ...refused(registerApply, 'newcomer', 40097, NO_OBJECTS),
  { name: 'in its old form', call: registerApply, by: 'newcomer', request: { action_type: 1 } },
]

const CHANNELS = { group_id: 1, name: 'channels' }
const scene = (status: number) => ({
  data: {
    scene_group_list: [
      {
        ...CHANNELS,
        reason: status === 2 ? '证件不清晰' : '',
        status,
        scene_group_ext_list: [
          { ext_id: 1, status },
          { ext_id: 2, status },
        ],
      },
    ],
  },
})
const check = (name: string, answer: unknown): ConformanceCase => ({ name, call: registerCheck, request: {}, answer })
const finished = (...names: string[]) => ({
  data: { status: 2, access_info: Object.fromEntries(names.map((name) => [`${name}_finished`, 1])) },
})
const finish = (access_info_item: unknown): ConformanceCase => ({
  name: `item ${JSON.stringify(access_info_item)}`,
  call: finishAccessInfo,
  request: { access_info_item },
})

const ACCESS_INFO = [
  ...['spu_audit', 'send_delivery', 'pay_order', 'ec_order', 'add_aftersale', 'ec_after_sale'].flatMap((task) => [
    `${task}_success`,
    `${task}_finished`,
  ]),
  'test_api_finished',
  'deploy_wxa_finished',
  'open_product_task_finished',
]

const CONNECTED: readonly ConformanceCase[] = [
  ...refused(registerApply, 'merchant', 1050011, [['connected already', {}]]),
  ...refused(registerCheck, 'merchant', 40097, NO_OBJECTS),
  check('nothing is done, no scene is open', {
    data: {
      status: 2,
      access_info: Object.fromEntries(ACCESS_INFO.map((name) => [name, 0])),
      ...scene(3).data,
    },
  }),
  ...refused(finishAccessInfo, 'merchant', 40097, [
    ...NO_OBJECTS,
    ...each(same, 'access_info_item', [['5', 5], ['12', 12], ['21', 21], ...NO_NUMBERS]),
  ]),
  ...refused(finishAccessInfo, 'merchant', 990007, [
    ['an empty object', {}],
    ['null', { access_info_item: null }],
  ]),
  ...[6, '19'].map(finish),
  { ...finish(6), name: 'item 6 again' },
  check('goods and orders are done', finished('spu_audit', 'pay_order', 'ec_order')),
  ...[8, 9, 10, 11, 20].map(finish),
  check('all is done', finished('deploy_wxa', 'test_api', 'open_product_task')),

  ...refused(applyScene, 'merchant', 40097, [
    ...NO_OBJECTS,
    ...each(same, 'scene_group_id', [['0', 0], ['2', 2], ['4', 4], ...NO_NUMBERS]),
    ...each(same, 'scene_group', [['0', 0], ['2', 2], ['4', 4], ...NO_NUMBERS]),
  ]),
  ...refused(applyScene, 'merchant', 990007, [['no scene', {}]]),
  { name: 'scene 1', call: applyScene, request: { scene_group_id: 1 } },
  ...refused(applyScene, 'merchant', 1050009, [['scene 1 under review, by its other name', { scene_group: '1' }]]),
  check('scene 1 is under review', scene(0)),
  { ...check('scene 1 was rejected', scene(2)), given: 'staff reject what the merchant applied for' },
  {
    name: 'scene 1 again after the rejection',
    after: 'staff reject what the merchant applied for',
    call: applyScene,
    request: { scene_group: 1 },
  },
  { ...check('scene 1 is open', scene(1)), given: 'staff approve what the merchant applied for' },
  ...after(
    'staff approve what the merchant applied for',
    refused(applyScene, 'merchant', 1050011, [['scene 1 when it is open', { scene_group_id: 1 }]]),
  ),
  { name: 'scene 3', call: applyScene, request: { scene_group_id: '3' } },
  ...refused(applyScene, 'merchant', 1050009, [['scene 3 under review, by its other name', { scene_group: 3 }]]),
]

const ADDRESS = { receiver_name: '李雷', detailed_address: '中山大道88号', tel_number: '13800001234' }
const address = (changes: Record<string, unknown>) => ({
  service_agent_type: [0],
  default_receiving_address: { ...ADDRESS, ...changes },
})
const longest = {
  receiver_name: '李'.repeat(64),
  detailed_address: '路'.repeat(256),
  tel_number: '1'.repeat(32),
  country: '国'.repeat(64),
  province: '省'.repeat(64),
  city: '市'.repeat(64),
  town: '镇'.repeat(64),
}

/** Source: docs/protocol/shops.md, account/update_info, account/get_info. */
const INFO: readonly ConformanceCase[] = [
  ...refused(getInfo, 'merchant', 40097, NO_OBJECTS),
  {
    name: 'nothing is set',
    call: getInfo,
    request: {},
    answer: { data: { service_agent_type: [], service_agent_path: '', service_agent_phone: '' } },
  },
  ...refused(updateInfo, 'merchant', 40097, [
    ...NO_OBJECTS,
    ...each(same, 'service_agent_type', [
      ['empty', []],
      ['a number', 0],
      ['of 3', [3]],
      ['of four', [0, 1, 2, 0]],
      ...NO_NUMBERS.map(([name, value]) => [`of ${name}`, [value]] as const),
    ]),
    ['default_receiving_address a text', { service_agent_type: [0], default_receiving_address: 'x' }],
  ]),
  ...refused(updateInfo, 'merchant', 990007, [
    ['an empty object', {}],
    ['a path that is not said', { service_agent_type: [0, 1] }],
    ['a phone number that is empty', { service_agent_type: [2], service_agent_phone: '' }],
    ...Object.keys(ADDRESS).map((field) => [`an address without ${field}`, address({ [field]: undefined })] as const),
  ]),
  ...refused(updateInfo, 'merchant', 990008, [
    ['service_agent_path of 1025 characters', { service_agent_type: [1], service_agent_path: 'p'.repeat(1025) }],
    ['service_agent_phone of 33 characters', { service_agent_type: [2], service_agent_phone: '1'.repeat(33) }],
    ['service_agent_path with U+0000', { service_agent_type: [1], service_agent_path: 'a\0' }],
    ['service_agent_path a number', { service_agent_type: [1], service_agent_path: 5 }],
    ['service_agent_phone with U+0000', { service_agent_type: [2], service_agent_phone: 'a\0' }],
    ['service_agent_phone a number', { service_agent_type: [2], service_agent_phone: 12345 }],
    ...Object.entries(longest).flatMap(([field, value]) => [
      [`${field} of ${value.length + 1} characters`, address({ [field]: `${value}x` })] as const,
      [`${field} a number`, address({ [field]: 5 })] as const,
      [`${field} with U+0000`, address({ [field]: 'a\0' })] as const,
    ]),
  ]),
  {
    name: 'everything as long as it may be',
    call: updateInfo,
    request: {
      service_agent_type: [0, 1, 2],
      service_agent_path: 'p'.repeat(1024),
      service_agent_phone: '1'.repeat(32),
      default_receiving_address: longest,
    },
  },
  {
    name: 'a path alone, and an address of what is required',
    call: updateInfo,
    request: { service_agent_type: [1], service_agent_path: 'pages/service', default_receiving_address: ADDRESS },
  },
  {
    name: 'without an address, types in digits',
    call: updateInfo,
    request: { service_agent_type: ['0', '2'], service_agent_phone: '020-12345678' },
  },
  {
    name: 'what was set last',
    call: getInfo,
    request: {},
    answer: { data: { service_agent_type: [0, 2], service_agent_phone: '020-12345678', service_agent_path: '' } },
  },
]

/** Source: docs/protocol/shops.md, register/check. */
const TAKEN: readonly ConformanceCase[] = [
  {
    ...check('banned by the operator', { data: { status: 3 } }),
    given: 'the operator bans the merchant from the component',
  },
  ...after('the operator bans the merchant from the component', [
    ...refused(registerApply, 'merchant', 1050011, [['banned', {}]]),
    ...refused(updateInfo, 'merchant', 48004, [['banned', { service_agent_type: [0] }]]),
  ]),
  {
    ...check('connected again', { data: { status: 2 } }),
    given: 'the operator connects the merchant again',
  },
  {
    name: 'after the access was cancelled',
    call: registerCheck,
    given: 'the operator cancels the merchant’s access',
    request: {},
    errcode: 1040003,
  },
  ...after('the operator cancels the merchant’s access', [
    ...refused(applyScene, 'merchant', 1040003, [['after the access was cancelled', { scene_group_id: 1 }]]),
    ...refused(getInfo, 'merchant', 48001, [['after the access was cancelled', {}]]),
    { name: 'again after the access was cancelled', call: registerApply, request: {} },
  ]),
]

export const SHOP_ACCESS_STORY: Story = {
  subject: 'shop-access',
  cases: [
    ...UNCONNECTED,
    ...needing('its access to the shop is as it was opened', CONNECTED),
    ...needing('its access to the shop is as it was opened', INFO),
    ...TAKEN,
  ],
}
