import { Problem } from '../problem.ts'
import { inspectPicture, type PictureFault, PictureRefused, STORE_FORMATS } from './inspect-picture.ts'
import { type Pictures, storePicture } from './store-picture.ts'

/** What a store's photo may weigh. Unit: bytes. Source: docs/protocol/stores.md, media/uploadimg. */
export const STORE_PHOTO_MAX_BYTES = 1024 * 1024

const PROBLEMS = {
  too_large: 'media.size_invalid',
  type: 'picture.type_invalid',
  unreadable: 'picture.unreadable',
} as const satisfies Record<PictureFault, string>

/**
 * Keep a photo of a store. @returns the key of its link
 *
 * @throws Problem `media.missing`, `media.size_invalid`, `picture.type_invalid`, `picture.unreadable`
 */
export async function uploadStorePhoto(
  pictures: Pictures,
  accountId: number,
  file: { bytes: Buffer; mediaType: string | undefined } | undefined,
): Promise<string> {
  if (!file?.bytes.length) throw new Problem('media.missing')
  if (file.bytes.length > STORE_PHOTO_MAX_BYTES) throw new Problem('media.size_invalid')
  const picture = await inspectPicture(file.bytes, { formats: STORE_FORMATS, declared: file.mediaType }).catch(
    (error: unknown) => {
      throw error instanceof PictureRefused ? new Problem(PROBLEMS[error.fault], error.message) : error
    },
  )
  return await storePicture(pictures, accountId, picture, 'store')
}
