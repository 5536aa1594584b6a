import { Problem } from '../problem.ts'
import { inspectUpload, type PictureFile, type PictureProblems } from './inspect-upload.ts'
import { STORE_FORMATS } from './picture-format.ts'
import { type Pictures, storePicture } from './store-picture.ts'

/** The largest photo of a store. Unit: bytes. Source: docs/protocol/stores.md, media/uploadimg. */
const STORE_PHOTO_MAX_BYTES = 1024 * 1024

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
  file: PictureFile | undefined,
): Promise<string> {
  if (!file?.bytes.length) throw new Problem('media.missing')
  const rules = { formats: STORE_FORMATS, problems, maxBytes: STORE_PHOTO_MAX_BYTES }
  const picture = await inspectUpload(pictures, accountId, file, rules)
  return await storePicture(pictures, accountId, picture, 'store')
}
