import type { Static } from '@sinclair/typebox'
import { byId, endpoint, Nullable, Time } from '../endpoint.ts'
import { OneOf, Type } from '../schema.ts'
import { APPLICATION_STATES, PICTURE_CHANGES } from '../states.ts'

const Try = Type.Object({
  id: Type.String(),
  state: OneOf(APPLICATION_STATES),
  applied_at: Time,
  decided_at: Nullable(Time),
  reason: Type.String(),
  fields: Type.Array(Type.String(), { description: 'Those that its rejection named.' }),
})

const ComparedField = Type.Object({
  field: Type.String(),
  old: Type.Unknown({ description: 'Null where it had none.' }),
  new: Type.Unknown({ description: 'Null where it has none.' }),
  changed: Type.Boolean(),
  named: Type.Boolean({ description: 'The rejection named it.' }),
})

const ComparedPicture = Type.Object({
  field: Type.String(),
  change: OneOf(PICTURE_CHANGES),
  old: Nullable(Type.Integer({ description: 'Its position in the earlier try.' })),
  new: Nullable(Type.Integer({ description: 'Its position in this one.' })),
})

const Comparison = Type.Object({
  id: Type.String({ description: 'The earlier try.' }),
  fields: Type.Array(ComparedField, {
    description: 'Every field of the kind, pictures too: whether they changed stands here, which of them below.',
  }),
  pictures: Type.Array(ComparedPicture),
})

const Tries = Type.Object({
  items: Type.Array(Try, { description: 'Earlier applications about the same, the newest first.' }),
  more: Type.Boolean({ description: 'There are older ones.' }),
  comparison: Nullable(Comparison),
})

export const tryEndpoints = {
  getTries: endpoint({
    method: 'GET',
    path: '/applications/{id}/tries',
    access: 'application.read',
    summary: 'Read the earlier tries of an application, and what has changed since one of them',
    params: byId,
    query: Type.Object({
      compare_with: Type.Optional(
        Type.String({
          maxLength: 64,
          description: 'The earlier try to compare with; without it the rejected one that this one tries again.',
        }),
      ),
    }),
    answer: Tries,
    problems: ['application.unknown'],
  }),
}

export type ApiTries = Static<typeof Tries>
export type ApiComparison = Static<typeof Comparison>
