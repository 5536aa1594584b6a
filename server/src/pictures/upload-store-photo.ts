import { Problem } from '../problem.ts'
import { inspectUpload, type PictureProblems, problemOf } from './inspect-upload.ts'
import { STORE_FORMATS } from './picture-format.ts'
import { type Pictures, storePicture } from './store-picture.ts'

/** What a store's photo may weigh. Unit: bytes. Source: docs/protocol/stores.md, media/uploadimg. */
export const STORE_PHOTO_MAX_BYTES = 1024 * 1024

const problems = {
  too_large: 'media.size_invalid',
  type: 'picture.type_invalid',
  unreadable: 'picture.unreadable',
} as const satisfies PictureProblems

/**
 * Keep a photo of a store. @returns the key of its link
 *
 * @throws Problem `media.missing`, `media.size_invalid`, `picture.type_invalid`, `picture.unreadable`,
 *   `quota.burst`
 */
export async function uploadStorePhoto(
  pictures: Pictures,
  accountId: number,
  file: { bytes: Buffer } | undefined,
): Promise<string> {
  if (!file?.bytes.length) throw new Problem('media.missing')
  const size = file.bytes.length
  if (size > STORE_PHOTO_MAX_BYTES) {
    const limit = `at most ${STORE_PHOTO_MAX_BYTES} (1 MB) are taken`
    throw problemOf('media.size_invalid', `the photo has ${size} bytes, ${limit}`)
  }
  const picture = await inspectUpload(pictures, accountId, file.bytes, { formats: STORE_FORMATS, problems })
  return await storePicture(pictures, accountId, picture, 'store')
}
