import type { Static } from '@sinclair/typebox'
import { byId, endpoint, Nullable, Page, paging, Time } from '../endpoint.ts'
import { OneOf, Type } from '../schema.ts'
import { KIND_NAMES } from '../states.ts'
import { STORABLE } from '../text.ts'
import { ApplicationPicture } from './application-pictures.ts'
import { Move } from './decisions.ts'

const Kind = OneOf(KIND_NAMES)

/** Nothing in it tells the outcome, or who decided. */
const Sample = Type.Object({
  id: Type.String({ description: 'Of the application.' }),
  appid: Type.String(),
  kind: Kind,
  summary: Type.String(),
  applied_at: Time,
  drawn_at: Time,
})

const SampleInFull = Type.Composite([
  Sample,
  Type.Object({
    payload: Type.Unknown({ description: 'What was asked for; its shape is the kind’s.' }),
    pictures: Type.Array(ApplicationPicture),
  }),
])

const SampleAnswer = Type.Object({
  id: Type.String(),
  move: Move,
  note: Type.String(),
  decided_move: Move,
  decided_by: Type.String(),
  decided_reason: Type.String(),
  agrees: Type.Boolean(),
})

const Agreement = Type.Object({
  kind: Kind,
  move: Move,
  reason_no: Nullable(Type.Integer({ description: 'The reason of the library that the decision gave.' })),
  drawn: Type.Integer(),
  answered: Type.Integer(),
  agreed: Type.Integer(),
})

export const sampleEndpoints = {
  listSamples: endpoint({
    method: 'GET',
    path: '/samples',
    access: 'application.decide',
    summary: 'List decided applications that wait for a second review by you, the oldest first',
    query: Type.Object({ ...paging, kind: Type.Optional(Kind) }),
    answer: Page(Sample),
  }),
  getSample: endpoint({
    method: 'GET',
    path: '/samples/{id}',
    access: 'application.decide',
    summary: 'Read a sample as it was before it was decided',
    params: byId,
    answer: SampleInFull,
    problems: ['application.unknown', 'sample.unknown', 'sample.own'],
  }),
  answerSample: endpoint({
    method: 'POST',
    path: '/samples/{id}/answer',
    access: 'application.decide',
    summary: 'Say how you would have decided, and be told what was decided; the outcome stays',
    params: byId,
    body: Type.Object({ move: Move, note: Type.Optional(Type.String({ maxLength: 1000, pattern: STORABLE })) }),
    answer: SampleAnswer,
    problems: ['application.unknown', 'sample.unknown', 'sample.answered', 'sample.own', 'account.busy'],
  }),
  readAgreement: endpoint({
    method: 'GET',
    path: '/samples/agreement',
    access: 'sample.read_agreement',
    summary: 'Tell how often second reviews agreed with decisions, by kind and reason',
    query: Type.Object({ days: Type.Optional(Type.Integer({ minimum: 1, maximum: 366, default: 90 })) }),
    answer: Type.Object({ items: Type.Array(Agreement) }),
  }),
}

export type ApiSample = Static<typeof Sample>
export type ApiSampleInFull = Static<typeof SampleInFull>
export type ApiAgreement = Static<typeof Agreement>
