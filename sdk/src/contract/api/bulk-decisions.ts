import type { Static } from '@sinclair/typebox'
import { endpoint, Nullable, Time } from '../endpoint.ts'
import { OneOf, Type } from '../schema.ts'
import { BULK_STATES, DECISION_RESULTS, KIND_NAMES } from '../states.ts'
import { decisionBody, FieldNames, Move } from './decisions.ts'

/** So many applications are decided together at most. */
export const BULK_MAX = 200

const Body = Type.Object({
  ...decisionBody,
  applications: Type.Array(
    Type.Object({
      id: Type.String({ maxLength: 64 }),
      version: Type.Integer({
        minimum: 1,
        maximum: 2_000_000_000,
        description: 'The version that the reviewer looked at.',
      }),
    }),
    { minItems: 1, maxItems: BULK_MAX },
  ),
})

const Refusal = Type.Object({ code: Type.String(), title: Type.String(), detail: Nullable(Type.String()) })

const Item = Type.Object({
  id: Type.String(),
  leads_to: Nullable(OneOf(DECISION_RESULTS, { description: 'Null: it is refused.' })),
  refusal: Nullable(Refusal),
})

const Counts = Type.Object({
  outcome: Type.Integer({ description: 'Applications that would have their outcome.' }),
  second_opinion: Type.Integer({ description: 'Of which this is the first approval of two.' }),
  refused: Type.Integer(),
})

const BulkDecision = Type.Object({
  id: Type.String(),
  kind: OneOf(KIND_NAMES),
  move: Move,
  reason: Nullable(
    Type.String({ description: 'Null: it approves, and another may have to choose who is not to read it.' }),
  ),
  fields: FieldNames,
  by: Type.String(),
  mine: Type.Boolean(),
  state: OneOf(BULK_STATES),
  total: Type.Integer(),
  decided_at: Time,
  until: Type.String({ format: 'date-time', description: 'Until then all of it can be taken back.' }),
})

const byBulkId = Type.Object({ id: Type.String({ pattern: '^[0-9a-f-]{36}$' }) })

const BULK_PROBLEMS = [
  'application.unknown',
  'bulk.kinds_differ',
  'bulk.repeated',
  'field.unknown',
  'reason.unknown',
  'decision.reason_required',
  'decision.reason_too_long',
  'decision.reason_unfilled',
  'account.busy',
] as const

export const bulkDecisionEndpoints = {
  previewBulkDecision: endpoint({
    method: 'POST',
    path: '/bulk-decisions/preview',
    access: 'application.decide_in_bulk',
    summary: 'Tell what a decision on many applications would do, and which it refuses and why; nothing is changed',
    body: Body,
    answer: Type.Object({ kind: OneOf(KIND_NAMES), counts: Counts, items: Type.Array(Item) }),
    problems: BULK_PROBLEMS,
  }),
  createBulkDecision: endpoint({
    method: 'POST',
    path: '/bulk-decisions',
    access: 'application.decide_in_bulk',
    summary: 'Decide many applications of one kind with one reason: all of them or none',
    status: 201,
    body: Body,
    answer: BulkDecision,
    problems: [...BULK_PROBLEMS, 'bulk.refused'],
  }),
  getBulkDecision: endpoint({
    method: 'GET',
    path: '/bulk-decisions/{id}',
    access: 'application.read',
    summary: 'Read a bulk decision',
    params: byBulkId,
    answer: BulkDecision,
    problems: ['bulk.unknown'],
  }),
  undoBulkDecision: endpoint({
    method: 'POST',
    path: '/bulk-decisions/{id}/undo',
    access: 'application.decide_in_bulk',
    summary: 'Take all of a bulk decision back, until it takes effect',
    params: byBulkId,
    answer: BulkDecision,
    problems: ['bulk.unknown', 'decision.none_scheduled', 'decision.not_yours'],
  }),
}

export type ApiBulkDecision = Static<typeof BulkDecision>
export type ApiBulkItem = Static<typeof Item>
