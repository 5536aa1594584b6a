import type { Static } from '@sinclair/typebox'
import { byId, endpoint, Nullable, Time } from '../endpoint.ts'
import { OneOf, Type } from '../schema.ts'
import { APPLICATION_STATES, CREDIT_CODE_FAULTS, KIND_NAMES, TRACE_KINDS } from '../states.ts'

const LinkedApplication = Type.Object({
  id: Type.String(),
  appid: Type.String(),
  account_name: Type.String(),
  kind: OneOf(KIND_NAMES),
  state: OneOf(APPLICATION_STATES),
  applied_at: Time,
  distance: Nullable(
    Type.Integer({ description: 'Of photos, in how many of 64 places they differ; the smaller, the more alike.' }),
  ),
})

const Signal = Type.Object({
  trace: OneOf(TRACE_KINDS),
  value: Type.String({ description: 'What they have in common, as it is compared; of pictures the digest.' }),
  pictures: Type.Array(Type.Object({ field: Type.String(), position: Type.Integer() }), {
    description: 'Which pictures of this application have it.',
  }),
  accounts: Type.Integer({ description: 'How many accounts the applications are of.' }),
  rejected: Type.Integer({ description: 'Rejected ones among the applications.' }),
  more: Type.Boolean({ description: 'There are more than these.' }),
  applications: Type.Array(LinkedApplication, { description: 'The newest accounts first.' }),
})

const CreditCode = Type.Object({
  field: Type.String(),
  code: Type.String(),
  fault: Nullable(OneOf(CREDIT_CODE_FAULTS, { description: 'The first part of it that is wrong.' })),
})

const Signals = Type.Object({
  items: Type.Array(Signal),
  credit_codes: Type.Array(CreditCode, { description: 'What in its texts has the shape of a credit code.' }),
})

export const signalEndpoints = {
  getSignals: endpoint({
    method: 'GET',
    path: '/applications/{id}/signals',
    access: 'application.read',
    summary: 'Read what an application has in common with those of other accounts: links, no decision',
    params: byId,
    answer: Signals,
    problems: ['application.unknown'],
  }),
}

export type ApiSignals = Static<typeof Signals>
export type ApiSignal = Static<typeof Signal>
