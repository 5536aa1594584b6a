import { Problem } from '../problem.ts'
import { inspectPicture, MATERIAL_FORMATS, type PictureFault, PictureRefused } from './inspect-picture.ts'
import { type Pictures, storePicture } from './store-picture.ts'

/** The longest side of an icon, in pixels. Source: docs/protocol/shakearound.md, material/add. */
const ICON_MAX_PX = 200

const PROBLEMS = {
  too_large: 'material.size_invalid',
  type: 'material.type_invalid',
  unreadable: 'material.unreadable',
} as const satisfies Record<PictureFault, string>

/**
 * Keep an icon or a document that a merchant uploads for Shake Nearby. @returns the key of its link
 *
 * @throws Problem `material.file_missing`, `material.type_invalid`, `material.size_invalid`, `material.unreadable`
 */
export async function addMaterial(
  pictures: Pictures,
  accountId: number,
  purpose: 'icon' | 'license',
  file: { bytes: Buffer; mediaType: string | undefined } | undefined,
): Promise<string> {
  if (!file?.bytes.length) throw new Problem('material.file_missing')
  const picture = await inspectPicture(file.bytes, { formats: MATERIAL_FORMATS, declared: file.mediaType }).catch(
    (error: unknown) => {
      throw error instanceof PictureRefused ? new Problem(PROBLEMS[error.fault], error.message) : error
    },
  )
  const { width, height } = picture
  if (purpose === 'icon' && (width !== height || width > ICON_MAX_PX)) {
    throw new Problem('material.size_invalid', `An icon is square, at most ${ICON_MAX_PX} pixels wide.`)
  }
  return await storePicture(pictures, accountId, picture, purpose)
}
