import { byId, endpoint, Nullable } from '../endpoint.ts'
import { OneOf, Type } from '../schema.ts'
import { APPLICATION_PICTURE_STATES, PICTURE_FIELDS } from '../states.ts'

export const ApplicationPicture = Type.Object({
  field: Type.String(),
  position: Type.Integer(),
  reference: Type.String({ description: 'As it was submitted.' }),
  state: OneOf(APPLICATION_PICTURE_STATES),
  url: Nullable(Type.String({ description: 'The permanent link.' })),
  failure: Nullable(Type.String({ description: 'Why the picture is not to be had.' })),
})

export const applicationPictureEndpoints = {
  getApplicationPicture: endpoint({
    method: 'GET',
    path: '/applications/{id}/pictures/{field}/{position}',
    access: 'application.read',
    summary: 'Look at a picture of an application: JPEG, PNG or GIF, as it was written anew when it came',
    params: Type.Object({
      ...byId.properties,
      field: OneOf(PICTURE_FIELDS),
      position: Type.Integer({ minimum: 0, maximum: 99 }),
    }),
    produces: 'image/*',
    answer: Type.Unknown({ description: 'The picture.' }),
    problems: ['application.unknown', 'application.picture_unknown'],
  }),
}
