/** Requests that are valid as they stand; who uses one names only what matters to it. */

export const aRegistration = (changes: Record<string, unknown> = {}) => ({
  name: 'li_lei',
  phone_number: '13800001234',
  email: 'li@example.com',
  industry_id: '0101',
  qualification_cert_urls: [],
  apply_reason: 'store beacons',
  ...changes,
})

export const aBatch = (changes: Record<string, unknown> = {}) => ({
  quantity: 3,
  apply_reason: 'shop floor',
  comment: 'floor 1',
  ...changes,
})

/** A category application; the sandbox knows 7419/7439/7448, which needs a qualification. */
export const aCategory = <License extends string[] | string>(
  license: License,
  certificate: string[],
  changes: Record<string, unknown> = {},
) => ({
  audit_req: {
    license,
    category_info: { level1: 7419, level2: 7439, level3: 7448, certificate },
    scene_group_list: [1],
    ...changes,
  },
})

/** A page to add; its icon is one that the account uploaded. */
export const aPage = (icon: string, changes: Record<string, unknown> = {}) => ({
  title: 'Hello',
  description: 'Sale today',
  page_url: 'https://example.com/p',
  icon_url: icon,
  comment: 'test',
  ...changes,
})

/** A lottery to create; its logo is an icon that the account uploaded. */
export const aLottery = (appid: string, icon: string, changes: Record<string, unknown> = {}) => ({
  use_template: 1,
  logo_url: icon,
  title: 'Gift',
  desc: 'Shake it',
  onoff: 1,
  begin_time: '{anHourAgo}',
  expire_time: '{inAWeek}',
  sponsor_appid: appid,
  total: 10,
  jump_url: 'https://example.com',
  key: '0123456789abcdef0123456789abcdef',
  ...changes,
})

/** A store to add; its photo is one that the account uploaded. */
export const aStore = (photo: string, changes: Record<string, unknown> = {}) => ({
  business: {
    base_info: {
      sid: 'store-1',
      business_name: '肯德基',
      branch_name: '东圃店',
      province: '广东省',
      city: '广州市',
      district: '天河区',
      address: '中山大道88号',
      telephone: '020-12345678',
      categories: ['美食,小吃快餐'],
      offset_type: 1,
      longitude: 113.41,
      latitude: 23.12,
      photo_list: [{ photo_url: photo }],
      special: 'wifi',
      open_time: '8:00-20:00',
      recommend: '炸鸡',
      introduction: '全球连锁',
      avg_price: 35,
      ...changes,
    },
  },
})

/** A brand of the merchant's own with a registered mark. */
export const aBrand = (
  document: string,
  changes: Record<string, unknown> = {},
  request: Record<string, unknown> = {},
) => ({
  audit_req: {
    license: [document],
    brand_info: {
      brand_audit_type: 1,
      trademark_type: '29',
      brand_management_type: 1,
      commodity_origin_type: 2,
      brand_wording: '山茶 Camellia',
      trademark_registration_certificate: [document],
      trademark_registrant: '山茶有限公司',
      trademark_registrant_nu: '12345678',
      trademark_authorization_period: '2030-12-31 00:00:00',
      ...changes,
    },
    scene_group_list: [1],
    ...request,
  },
})
