import { call, type Leniency, Nothing, refusal, wholeNumber } from './call.ts'
import { Type } from './schema.ts'
import { STORABLE, weighted } from './text.ts'

/** Review states of Shake Nearby. Source: docs/protocol/shakearound.md, audit_status. */
export const AUDIT_STATUS = { rejected: 0, under_review: 1, approved: 2 } as const

/** Most entries in one page of a list, and most devices in one query. Source: docs/protocol/shakearound.md, device/search. */
export const SEARCH_MAX = 50

const AuditStatus = Type.Integer({ minimum: 0, maximum: 2 })

/** How an application stands. Times are Unix seconds; `audit_time` is 0 while under review. */
const Audit = Type.Object({
  apply_time: wholeNumber(),
  audit_comment: Type.String(),
  audit_status: AuditStatus,
  audit_time: wholeNumber(),
})

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

const shake = { family: 'shakearound', authorized: true } as const
const post = { ...shake, methods: ['POST'], body: 'json' } as const

export const shakearound = {
  accountRegister: call({
    ...post,
    path: '/shakearound/account/register',
    summary: 'Apply to open Shake Nearby',
    request: Type.Object(
      {
        name: weighted(20, { minLength: 1, pattern: '\\S', ...refusal('contact.name_invalid') }),
        phone_number: Type.String({
          pattern: '^\\+?[ ()-]{0,3}[0-9][0-9 ()-]{4,29}$',
          ...refusal('contact.phone_invalid'),
        }),
        email: Type.String({
          minLength: 1,
          maxLength: 254,
          pattern: '^[^\\s@]+@[^\\s@]*$',
          ...refusal('contact.email_invalid'),
        }),
        industry_id: Type.String({ pattern: '^[0-9]{4}$', ...refusal('industry.invalid') }),
        qualification_cert_urls: Type.Optional(
          Type.Array(Type.String({ minLength: 1, maxLength: 2048, trimmed: true, pattern: STORABLE }), {
            maxItems: 20,
            ...refusal('certificate.url_invalid'),
          }),
        ),
        apply_reason: Type.Optional(weighted(250, refusal('activation.reason_too_long'))),
      },
      refusal('shake.request_invalid'),
    ),
    answer: Nothing,
    problems: [
      'shake.request_invalid',
      'contact.name_invalid',
      'contact.phone_invalid',
      'contact.email_invalid',
      'industry.invalid',
      'certificate.url_invalid',
      'certificate.missing',
      'activation.reason_too_long',
      'account.not_verified',
      'activation.closed',
    ],
  }),

  accountAuditStatus: call({
    ...shake,
    path: '/shakearound/account/auditstatus',
    summary: 'Read how that application stands',
    safe: true,
    methods: ['GET', 'POST'],
    body: 'none',
    request: Nothing,
    answer: Audit,
    problems: ['account.not_activated'],
  }),

  materialAdd: call({
    ...shake,
    path: '/shakearound/material/add',
    summary: 'Upload an icon or a document',
    methods: ['POST'],
    body: 'upload',
    upload: { part: 'media', arguments: 'query' },
    request: Type.Object({
      /** What the picture is for; icon when absent. */
      type: Type.Optional(
        Type.Union([Type.Literal('icon'), Type.Literal('license')], refusal('material.type_invalid')),
      ),
    }),
    answer: Type.Object({ pic_url: Type.String() }),
    problems: [
      'material.file_missing',
      'material.type_invalid',
      'material.size_invalid',
      'material.unreadable',
      'upload.too_large',
    ],
  }),

  deviceApplyId: call({
    ...post,
    activated: true,
    path: '/shakearound/device/applyid',
    summary: 'Apply for a batch of device IDs',
    request: Type.Object(
      {
        quantity: wholeNumber({ minimum: 1, ...refusal('batch.quantity_invalid') }),
        apply_reason: weighted(100, { minLength: 1, pattern: '\\S', ...refusal('batch.invalid') }),
        comment: Type.Optional(weighted(15, refusal('device.comment_too_long'))),
        poi_id: Type.Optional(wholeNumber(refusal('store.invalid'))),
      },
      refusal('shake.request_invalid'),
    ),
    answer: Type.Object({ apply_id: wholeNumber(), audit_status: AuditStatus, audit_comment: Type.String() }),
    problems: [
      'shake.request_invalid',
      'batch.quantity_invalid',
      'batch.invalid',
      'batch.too_few_active',
      'batch.under_review',
      'device.comment_too_long',
      'device.quota_exceeded',
      'store.invalid',
    ],
  }),

  deviceApplyStatus: call({
    ...post,
    activated: true,
    path: '/shakearound/device/applystatus',
    summary: 'Read how an application for devices stands',
    safe: true,
    request: Type.Object({ apply_id: wholeNumber(refusal('batch.unknown')) }, refusal('shake.request_invalid')),
    answer: Audit,
    problems: ['shake.request_invalid', 'batch.unknown'],
  }),

  deviceSearch: call({
    ...post,
    activated: true,
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
        last_seen: Type.Optional(wholeNumber(refusal('paging.begin_invalid'))),
        /** The older paging: how many devices to pass over. Not looked at beside `last_seen`. */
        begin: Type.Optional(wholeNumber(refusal('paging.begin_invalid'))),
        count: Type.Optional(
          wholeNumber({
            minimum: 1,
            maximum: SEARCH_MAX,
            ...refusal('shake.request_invalid', 'shake.request_invalid', 'device.too_many'),
          }),
        ),
      },
      refusal('shake.request_invalid'),
    ),
    answer: Type.Object({ devices: Type.Array(Device), total_count: wholeNumber() }),
    problems: ['shake.request_invalid', 'device.too_many', 'device.invalid', 'batch.unknown', 'paging.begin_invalid'],
  }),
}
