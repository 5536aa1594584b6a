import type { MaterialType } from '@shenpi/sdk/contract/states'
import { Problem, problemOf } from '../problem.ts'
import { inspectUpload, type PictureFile, type PictureProblems } from './inspect-upload.ts'
import { MATERIAL_FORMATS } from './picture-format.ts'
import { type Pictures, storePicture } from './store-picture.ts'

/** The longest side of an icon, in pixels. Source: docs/protocol/shakearound.md, material/add. */
const ICON_MAX_PX = 200

const problems = {
  too_large: 'material.size_invalid',
  type: 'material.type_invalid',
  unreadable: 'material.unreadable',
} as const satisfies PictureProblems

/**
 * Keep an icon or a document that a merchant uploads for Shake Nearby. @returns the key of its link
 *
 * @throws Problem `material.file_missing`, `material.type_invalid`, `material.size_invalid`, `material.unreadable`, `quota.burst`
 */
export async function addMaterial(
  pictures: Pictures,
  accountId: number,
  purpose: MaterialType,
  file: PictureFile | undefined,
): Promise<string> {
  if (!file?.bytes.length) throw new Problem('material.file_missing')
  const picture = await inspectUpload(pictures, accountId, file, { formats: MATERIAL_FORMATS, problems })
  const { width, height } = picture
  if (purpose === 'icon' && (width !== height || width > ICON_MAX_PX)) {
    const limit = `an icon is square, at most ${ICON_MAX_PX} pixels wide`
    throw problemOf('material.size_invalid', `the picture is ${width} × ${height} pixels; ${limit}`)
  }
  return await storePicture(pictures, accountId, picture, purpose)
}
