import { call, Nothing, refusal, wholeNumber } from '../call.ts'
import { OneOf, Type } from '../schema.ts'
import { MATERIAL_TYPES } from '../states.ts'
import { connectedCall, shakeCall, shopCall, shopRefusal } from './families.ts'

export const pictures = {
  materialAdd: call({
    ...shakeCall,
    path: '/shakearound/material/add',
    summary: 'Upload an icon or a document',
    body: 'upload',
    upload: { part: 'media', arguments: 'query' },
    request: Type.Object({
      /** What the picture is for; icon when absent. */
      type: Type.Optional(OneOf(MATERIAL_TYPES, refusal('material.type_invalid'))),
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

  imgUpload: call({
    ...connectedCall,
    path: '/shop/img/upload',
    summary: 'Upload a picture, or exchange the link of one',
    body: 'upload',
    upload: { part: 'media', arguments: 'form' },
    request: Type.Object(
      {
        /** 0 media_id, 1 link, 2 payment media id. */
        resp_type: Type.Optional(wholeNumber({ maximum: 2 })),
        /** 0 the file is in the request, 1 it is fetched from `img_url`. */
        upload_type: Type.Optional(wholeNumber({ maximum: 1 })),
        img_url: Type.Optional(
          Type.String({ minLength: 1, maxLength: 2048, trimmed: true, ...refusal('picture.link_invalid') }),
        ),
      },
      shopRefusal,
    ),
    answer: Type.Object({
      img_info: Type.Object({ media_id: Type.String(), temp_img_url: Type.String(), pay_media_id: Type.String() }),
    }),
    problems: [
      'shop.parameter_invalid',
      'shop.parameter_missing',
      'picture.missing',
      'picture.link_invalid',
      'picture.type_invalid',
      'picture.unfetchable',
      'picture.unreadable',
      'upload.too_large',
    ],
  }),

  mediaUploadImg: call({
    ...shopCall,
    body: 'upload',
    upload: { part: 'buffer', arguments: 'form' },
    path: '/cgi-bin/media/uploadimg',
    summary: 'Upload a photo of a store',
    request: Nothing,
    answer: Type.Object({ url: Type.String() }),
    problems: ['media.missing', 'media.size_invalid', 'picture.type_invalid', 'picture.unreadable', 'upload.too_large'],
  }),
}
