import { Nullable } from '../endpoint.ts'
import { OneOf, Type } from '../schema.ts'
import { APPLICATION_PICTURE_STATES } from '../states.ts'

export const ApplicationPicture = Type.Object({
  field: Type.String(),
  position: Type.Integer(),
  reference: Type.String({ description: 'As it was submitted.' }),
  state: OneOf(APPLICATION_PICTURE_STATES),
  url: Nullable(Type.String({ description: 'The permanent link.' })),
  failure: Nullable(Type.String({ description: 'Why the picture is not to be had.' })),
})
