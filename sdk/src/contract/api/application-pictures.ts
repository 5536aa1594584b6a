import type { Static } from '@sinclair/typebox'
import { byId, endpoint, Nullable } from '../endpoint.ts'
import { OneOf, Type } from '../schema.ts'
import {
  APPLICATION_PICTURE_STATES,
  CREDIT_CODE_FAULTS,
  LICENCE_FIELDS,
  PICTURE_FIELDS,
  READING_STATES,
} from '../states.ts'

export const ApplicationPicture = Type.Object({
  field: Type.String(),
  position: Type.Integer(),
  reference: Type.String({ description: 'As it was submitted.' }),
  state: OneOf(APPLICATION_PICTURE_STATES),
  url: Nullable(Type.String({ description: 'The permanent link.' })),
  failure: Nullable(Type.String({ description: 'Why the picture is not to be had.' })),
  is_readable: Type.Boolean({ description: 'Whether the server reads licence numbers from it: `…/reading`.' }),
})

const at = {
  ...byId.properties,
  field: OneOf(PICTURE_FIELDS),
  position: Type.Integer({ minimum: 0, maximum: 99 }),
}

const PictureReading = Type.Object({
  state: OneOf(READING_STATES, {
    description:
      '`failed`: it took too long or too much memory, and is not tried again within ten minutes. `busy`: too many pictures wait; try again.',
  }),
  items: Type.Array(
    Type.Object({
      code: Type.String(),
      fault: Nullable(OneOf(CREDIT_CODE_FAULTS, { description: 'What is wrong with it: it may be misread.' })),
      is_typed: Type.Boolean({ description: 'The application names it too.' }),
    }),
    { description: 'What has the shape of a credit code, at most five: proposals, the valid ones first.' },
  ),
  typed: Type.Array(Type.String(), { description: 'The codes that the application names in its texts.' }),
})

export const applicationPictureEndpoints = {
  getApplicationPicture: endpoint({
    method: 'GET',
    path: '/applications/{id}/pictures/{field}/{position}',
    access: 'application.read',
    summary: 'Look at a picture of an application: JPEG, PNG or GIF, as it was written anew when it came',
    params: Type.Object(at),
    produces: 'image/*',
    answer: Type.Unknown({ description: 'The picture.' }),
    problems: ['application.unknown', 'application.picture_unknown'],
  }),
  getPictureReading: endpoint({
    method: 'GET',
    path: '/applications/{id}/pictures/{field}/{position}/reading',
    access: 'application.read',
    summary:
      'Read the licence numbers that a picture of a licence shows: proposals; it takes seconds, at most one minute',
    params: Type.Object({ ...at, field: OneOf(LICENCE_FIELDS) }),
    answer: PictureReading,
    problems: ['application.unknown', 'application.picture_unknown', 'reading.off'],
  }),
}

export type ApiPictureReading = Static<typeof PictureReading>
