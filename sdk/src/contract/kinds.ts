/** The kinds of application. What each one is stands in docs/architecture.md. */
export const KIND_NAMES = [
  'account_activation',
  'device_batch',
  'device_quota',
  'category_qualification',
  'brand_qualification',
  'shop_registration',
  'shop_scene',
  'store',
] as const
export type KindName = (typeof KIND_NAMES)[number]
