import { call, type Leniency, Nothing, refusal, wholeNumber } from '../call.ts'
import { Type } from '../schema.ts'
import { STORABLE, weighted } from '../text.ts'
import { activatedCall, begin, shakeRefusal } from './families.ts'

/** Most entries in one page of a list, and most devices in one query. Source: docs/protocol/shakearound.md, device/search. */
export const SEARCH_MAX = 50

/** Clients send null, 0 or an empty text for the half that they leave out. */
const unused: Leniency = { emptyForAbsent: true }

const half = { maximum: 0xffff, ...unused, ...refusal('device.invalid') }

export const identifierFields = {
  device_id: Type.Optional(wholeNumber({ ...unused, ...refusal('device.invalid') })),
  uuid: Type.Optional(Type.String(refusal('device.invalid'))),
  major: Type.Optional(wholeNumber(half)),
  minor: Type.Optional(wholeNumber(half)),
}

export const DeviceIdentifier = Type.Object(identifierFields, refusal('device.invalid'))

const Device = Type.Object({
  comment: Type.String(),
  device_id: wholeNumber(),
  uuid: Type.String(),
  major: wholeNumber({ maximum: 0xffff }),
  minor: wholeNumber({ maximum: 0xffff }),
  /** 0 not activated, 1 activated. */
  status: Type.Integer({ minimum: 0, maximum: 1 }),
  /** Unix seconds, 0 before the first shake. */
  last_active_time: wholeNumber(),
  /** 0 without a store. */
  poi_id: wholeNumber(),
  /** Whose store it is, when it is another account's. */
  poi_appid: Type.Optional(Type.String()),
  /** Comma-separated, empty without pages: older typed clients fail on anything else. */
  page_ids: Type.String(),
})

export const beacon = {
  uuid: Type.String(),
  major: wholeNumber({ maximum: 0xffff }),
  minor: wholeNumber({ maximum: 0xffff }),
}

export const devices = {
  deviceSearch: call({
    ...activatedCall,
    path: '/shakearound/device/search',
    summary: 'List devices: those named, all, or those of a batch',
    safe: true,
    request: Type.Object(
      {
        /** 1 the devices named, 2 all, 3 those of one batch. Inferred from the other members when absent. */
        type: Type.Optional(wholeNumber({ minimum: 1, maximum: 3 })),
        device_identifiers: Type.Optional(
          Type.Array(DeviceIdentifier, {
            minItems: 1,
            maxItems: SEARCH_MAX,
            ...refusal('device.invalid', 'device.invalid', 'device.too_many'),
          }),
        ),
        apply_id: Type.Optional(wholeNumber(refusal('batch.unknown'))),
        /** The last device_id of the page before, 0 first. */
        last_seen: Type.Optional(begin),
        /** The older paging: how many devices to pass over. Not looked at beside `last_seen`. */
        begin: Type.Optional(begin),
        count: Type.Optional(
          wholeNumber({
            minimum: 1,
            maximum: SEARCH_MAX,
            ...refusal('shake.request_invalid', 'shake.request_invalid', 'device.too_many'),
          }),
        ),
      },
      shakeRefusal,
    ),
    answer: Type.Object({ devices: Type.Array(Device), total_count: wholeNumber() }),
    problems: ['shake.request_invalid', 'device.too_many', 'device.invalid', 'batch.unknown', 'paging.begin_invalid'],
  }),

  deviceUpdate: call({
    ...activatedCall,
    path: '/shakearound/device/update',
    summary: 'Change a device’s remark',
    request: Type.Object(
      {
        device_identifier: DeviceIdentifier,
        comment: weighted(15, refusal('device.comment_too_long', 'shake.request_invalid')),
      },
      shakeRefusal,
    ),
    answer: Nothing,
    problems: ['shake.request_invalid', 'device.invalid', 'device.comment_too_long'],
  }),

  deviceBindLocation: call({
    ...activatedCall,
    path: '/shakearound/device/bindlocation',
    summary: 'Bind a device to a store, or to none',
    request: Type.Object(
      {
        device_identifier: DeviceIdentifier,
        /** 0 clears the binding. */
        poi_id: wholeNumber(refusal('store.invalid')),
        /** 1 a store of the account, 2 one of another's. */
        type: Type.Optional(wholeNumber({ minimum: 1, maximum: 2 })),
        /** Whose store it is, for type 2. */
        poi_appid: Type.Optional(Type.String({ maxLength: 64, pattern: STORABLE, ...refusal('store.invalid') })),
      },
      shakeRefusal,
    ),
    answer: Nothing,
    problems: ['shake.request_invalid', 'device.invalid', 'store.invalid'],
  }),
}
