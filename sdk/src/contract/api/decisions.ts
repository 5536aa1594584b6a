import type { Static } from '@sinclair/typebox'
import { Nullable, Time } from '../endpoint.ts'
import { OneOf, Type } from '../schema.ts'
import { DECISION_RESULTS, MOVE_NAMES, SCHEDULED_STATES } from '../states.ts'
import { STORABLE } from '../text.ts'

export const Move = OneOf(MOVE_NAMES)

export const FieldNames = Type.Array(Type.String({ maxLength: 64 }), {
  maxItems: 40,
  description: 'The fields that a rejection is about, by the names of `kind-fields`.',
})

/** What a reviewer says of one application or of many. */
export const decisionBody = {
  move: Move,
  reason: Type.Optional(
    Type.String({ maxLength: 1000, pattern: STORABLE, description: 'A rejection needs one: the merchant reads it.' }),
  ),
  fields: Type.Optional(FieldNames),
  template: Type.Optional(
    Type.Object(
      {
        reason_no: Type.Integer({ minimum: 1, maximum: 2_000_000_000 }),
        version: Type.Integer({ minimum: 1, maximum: 2_000_000_000 }),
      },
      { description: 'The reason of the library that the text was made from.' },
    ),
  ),
  override: Type.Optional(
    Type.Boolean({ description: 'By a key: although somebody else has claimed it. The trail tells.' }),
  ),
  delay: Type.Optional(
    Type.Boolean({ description: 'By a key: wait as long as the decision of a person, so that it can be taken back.' }),
  ),
}

export const ScheduledDecision = Type.Object({
  move: Move,
  by: Type.String(),
  mine: Type.Boolean(),
  reason: Nullable(Type.String({ description: 'Null: it is a first opinion of somebody else, which you see later.' })),
  fields: FieldNames,
  decided_at: Time,
  until: Type.String({ format: 'date-time', description: 'Until then it can be taken back.' }),
  leads_to: OneOf(DECISION_RESULTS),
  bulk: Nullable(Type.String({ description: 'The bulk decision of which it is a part.' })),
  state: OneOf(SCHEDULED_STATES),
  refusal: Nullable(
    Type.Object(
      { code: Type.String(), title: Type.String() },
      { description: 'Why it had no effect when it was due.' },
    ),
  ),
})

export const Opinion = Type.Object({
  by: Type.String(),
  mine: Type.Boolean(),
  move: Move,
  at: Time,
  note: Nullable(Type.String({ description: 'Null until the application has an outcome, but for who wrote it.' })),
})

export type ApiScheduledDecision = Static<typeof ScheduledDecision>
export type ApiOpinion = Static<typeof Opinion>
