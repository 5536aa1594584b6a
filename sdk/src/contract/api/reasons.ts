import type { Static } from '@sinclair/typebox'
import { endpoint, Page, paging, Time } from '../endpoint.ts'
import { OneOf, Type } from '../schema.ts'
import { KIND_NAMES } from '../states.ts'
import { STORABLE_WORDS } from '../text.ts'
import { FieldNames, Move } from './decisions.ts'

const Kind = OneOf(KIND_NAMES)

/** In Chinese and in English; both say the same. */
const inBoth = (maxLength: number, description: string) => {
  const text = Type.String({ minLength: 1, maxLength, pattern: STORABLE_WORDS })
  return Type.Object({ zh: text, en: text }, { description })
}

const reasonBody = {
  title: inBoth(60, 'What the reason is found by.'),
  text: inBoth(500, 'What the merchant reads. `{field}` stands for the fields that are named, `{date}` for a day.'),
  fields: FieldNames,
  retired: Type.Boolean({ description: 'It is offered no more.' }),
}

const Reason = Type.Object({
  reason_no: Type.Integer(),
  version: Type.Integer(),
  kind: Kind,
  move: Move,
  ...reasonBody,
  changed_by: Type.String(),
  changed_at: Time,
})

const byReasonNo = Type.Object({ reason_no: Type.Integer({ minimum: 1, maximum: 2_000_000_000 }) })

export const reasonEndpoints = {
  listReasons: endpoint({
    method: 'GET',
    path: '/reasons',
    access: 'reason.read',
    summary: 'List the library of reasons, each in its current version, in the order of the library',
    query: Type.Object({
      ...paging,
      kind: Type.Optional(Kind),
      which: Type.Optional(OneOf(['offered', 'all'], { description: '`all`: also those that are offered no more.' })),
    }),
    answer: Page(Reason),
  }),
  listReasonVersions: endpoint({
    method: 'GET',
    path: '/reasons/{reason_no}/versions',
    access: 'reason.read',
    summary: 'List every version of a reason, the newest first',
    params: byReasonNo,
    query: Type.Object(paging),
    answer: Page(Reason),
    problems: ['reason.unknown'],
  }),
  createReason: endpoint({
    method: 'POST',
    path: '/reasons',
    access: 'reason.change',
    summary: 'Add a reason to the library',
    status: 201,
    body: Type.Object({ kind: Kind, move: Move, ...reasonBody }),
    answer: Reason,
    problems: ['field.unknown', 'reason.too_many', 'reason.place_unknown', 'decision.reason_too_long'],
  }),
  changeReason: endpoint({
    method: 'PUT',
    path: '/reasons/{reason_no}',
    access: 'reason.change',
    summary: 'Change a reason: that makes a new version, and decisions keep the text that they had',
    params: byReasonNo,
    body: Type.Object({
      version: Type.Integer({ minimum: 1, maximum: 2_000_000_000, description: 'The version that is changed.' }),
      ...reasonBody,
    }),
    answer: Reason,
    problems: ['reason.unknown', 'reason.changed', 'field.unknown', 'reason.place_unknown', 'decision.reason_too_long'],
  }),
  orderReasons: endpoint({
    method: 'POST',
    path: '/reasons/order',
    access: 'reason.change',
    summary: 'Put the reasons of a kind in order: those that are named first',
    body: Type.Object({
      kind: Kind,
      order: Type.Array(byReasonNo.properties.reason_no, { minItems: 1, maxItems: 200, uniqueItems: true }),
    }),
    answer: Type.Object({}),
    problems: ['reason.unknown'],
  }),
}

export type ApiReason = Static<typeof Reason>
