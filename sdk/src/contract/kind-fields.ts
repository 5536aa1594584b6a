import type { TSchema } from '@sinclair/typebox'
import { isObject } from './is-object.ts'
import type { KindName, PictureField } from './states.ts'
import { PURPOSE_MAX_LENGTH } from './text.ts'
import { activations } from './wire/activations.ts'
import { BRAND_AUDIT_TYPE, BRAND_MANAGEMENT_TYPE, brands, COMMODITY_ORIGIN_TYPE } from './wire/brands.ts'
import { deviceBatches } from './wire/device-batches.ts'
import { stores } from './wire/stores.ts'

/** What a field holds, which is how it is shown, compared and traced. */
export type FieldType =
  | 'text'
  | 'long_text'
  | 'phone'
  | 'email'
  | 'contact_name'
  | 'number'
  | 'money'
  | 'time'
  | 'choice'
  | 'industry'
  | 'category'
  | 'store_categories'
  | 'scenes'
  | 'store'
  | 'place'
  | 'pictures'

/** The most that the wire takes of a text: as it weighs texts (`weightOf`), or in characters. */
export interface FieldLimit {
  unit: 'weight' | 'characters'
  max: number
}

/** A field of a kind of application. */
export interface KindField {
  /** What a rejection and the console's dictionary call it: the wire's name of it, once in its kind. */
  name: string
  type: FieldType
  /** Where it stands in the payload. Of pictures that stand with the application and not in its payload: undefined. */
  path?: readonly string[]
  /** Members of the object at its path that are one field to a reader. */
  members?: readonly string[]
  limit?: FieldLimit
  /** Of a choice: the wire's values by their names. */
  values?: Readonly<Record<string, number | string>>
}

/** How much a schema of the contract takes of a text. */
function limitOf({ format, maxLength }: TSchema): Pick<KindField, 'limit'> {
  if (maxLength === undefined) return {}
  return { limit: { unit: format?.startsWith('weight-') ? 'weight' : 'characters', max: maxLength } }
}

const field = (type: FieldType, name: string, more: Partial<KindField> = {}): KindField => ({
  name,
  type,
  path: [name],
  ...more,
})
const pictures = (name: PictureField, path?: readonly string[]): KindField => ({
  name,
  type: 'pictures',
  ...(path && { path }),
})

const Register = activations.accountRegister.request.properties
const Batch = deviceBatches.deviceApplyId.request.properties
const Brand = brands.auditBrand.request.properties.audit_req.properties.brand_info.properties
const Store = stores.addPoi.request.properties.business.properties.base_info.properties

const ofStore = (type: FieldType, name: keyof typeof Store) =>
  field(type, name, { path: ['base_info', name], ...limitOf(Store[name]) })
const ofBrand = (type: FieldType, name: keyof typeof Brand) => field(type, name, limitOf(Brand[name]))

/** Per kind its fields in the order in which a reviewer reads them. A test compares them with the payloads' schemas. */
export const KIND_FIELDS: Readonly<Record<KindName, readonly KindField[]>> = {
  account_activation: [
    field('contact_name', 'name', limitOf(Register.name)),
    field('phone', 'phone_number'),
    field('email', 'email', limitOf(Register.email)),
    field('industry', 'industry_id'),
    field('long_text', 'apply_reason', limitOf(Register.apply_reason)),
    pictures('qualification_cert_urls'),
  ],
  device_batch: [
    field('number', 'quantity'),
    field('long_text', 'apply_reason', limitOf(Batch.apply_reason)),
    field('text', 'comment', limitOf(Batch.comment)),
    field('store', 'poi_id'),
  ],
  device_quota: [
    field('number', 'quantity'),
    field('long_text', 'purpose', { limit: { unit: 'characters', max: PURPOSE_MAX_LENGTH } }),
  ],
  category_qualification: [
    field('category', 'category', { path: [], members: ['level1', 'level2', 'level3'] }),
    pictures('license'),
    pictures('certificate'),
    field('scenes', 'scene_group_list'),
  ],
  brand_qualification: [
    ofBrand('text', 'brand_wording'),
    field('choice', 'brand_audit_type', { values: BRAND_AUDIT_TYPE }),
    field('number', 'trademark_type'),
    ofBrand('text', 'trademark_registrant_nu'),
    ofBrand('text', 'trademark_registrant'),
    ofBrand('time', 'trademark_authorization_period'),
    ofBrand('text', 'trademark_applicant'),
    ofBrand('time', 'trademark_application_time'),
    field('choice', 'brand_management_type', { values: BRAND_MANAGEMENT_TYPE }),
    field('choice', 'commodity_origin_type', { values: COMMODITY_ORIGIN_TYPE }),
    pictures('license'),
    pictures('trademark_registration_certificate'),
    pictures('trademark_change_certificate'),
    pictures('trademark_registration_application'),
    pictures('sale_authorization'),
    pictures('imported_goods_form'),
    field('scenes', 'scene_group_list'),
    field('number', 'brand_id'),
  ],
  shop_registration: [],
  shop_scene: [field('scenes', 'scene_group_id')],
  store: [
    field('choice', 'change', { values: { new: 'new', update: 'update' } }),
    ofStore('text', 'business_name'),
    ofStore('text', 'branch_name'),
    ofStore('store_categories', 'categories'),
    ofStore('phone', 'telephone'),
    ofStore('text', 'province'),
    ofStore('text', 'city'),
    ofStore('text', 'district'),
    ofStore('text', 'address'),
    field('place', 'location', { path: ['base_info'], members: ['longitude', 'latitude', 'offset_type'] }),
    pictures('photo_list', ['base_info', 'photo_list']),
    ofStore('text', 'open_time'),
    ofStore('money', 'avg_price'),
    ofStore('long_text', 'special'),
    ofStore('long_text', 'recommend'),
    ofStore('long_text', 'introduction'),
    // The store's own, which a change may leave out; the payload's repeats it.
    field('text', 'sid', limitOf(Store.sid)),
    field('store', 'poi_id'),
  ],
}

/**
 * What a payload holds in a field: undefined where it holds nothing, an object where the field has members.
 *
 * @example
 * fieldValue(field, application.payload) // '13800138000'
 */
export function fieldValue({ path, members }: KindField, payload: unknown): unknown {
  if (!path) return undefined
  let value: unknown = payload
  for (const name of path) value = memberOf(value, name)
  if (!members) return value
  const held = members.flatMap((name) => {
    const member = memberOf(value, name)
    return member === undefined ? [] : [[name, member] as const]
  })
  return held.length > 0 ? Object.fromEntries(held) : undefined
}

const memberOf = (value: unknown, name: string): unknown =>
  isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined

/** A field of a kind by its name, or undefined where the kind has no such field. */
export const findField = (kind: KindName, name: string): KindField | undefined =>
  KIND_FIELDS[kind].find((field) => field.name === name)
