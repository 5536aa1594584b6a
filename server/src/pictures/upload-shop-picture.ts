import type { Outbound } from '../outbound/outbound.ts'
import { Problem } from '../problem.ts'
import { fetchPicture, isNoPicture } from './fetch-picture.ts'
import { type InspectedPicture, inspectPicture, type PictureFault, PictureRefused } from './inspect-picture.ts'
import { type Pictures, storePicture } from './store-picture.ts'

const PROBLEMS = {
  too_large: 'upload.too_large',
  type: 'picture.type_invalid',
  unreadable: 'picture.unreadable',
} as const satisfies Record<PictureFault, string>

export type ShopUpload =
  | { from: 'file'; file: { bytes: Buffer; mediaType: string | undefined } | undefined }
  | { from: 'link'; url: string | undefined }

/**
 * Keep a picture for the shop calls, from the request or from a link. @returns the key of its link
 * Source: docs/protocol/shops.md, img/upload.
 *
 * @throws Problem `picture.missing`, `picture.link_invalid`, `picture.unfetchable`, `picture.type_invalid`,
 *   `picture.unreadable`, `upload.too_large`
 */
export async function uploadShopPicture(
  pictures: Pictures,
  outbound: Outbound,
  accountId: number,
  upload: ShopUpload,
): Promise<string> {
  return await storePicture(pictures, accountId, await readPicture(outbound, upload), 'shop')
}

async function readPicture(outbound: Outbound, upload: ShopUpload): Promise<InspectedPicture> {
  try {
    if (upload.from === 'file') {
      if (!upload.file?.bytes.length) throw new Problem('picture.missing')
      return await inspectPicture(upload.file.bytes, upload.file.mediaType)
    }
    if (!upload.url) throw new Problem('picture.missing')
    if (!/^https?:\/\//i.test(upload.url)) throw new Problem('picture.link_invalid')
    return await fetchPicture(outbound, upload.url)
  } catch (error) {
    if (error instanceof PictureRefused) throw new Problem(PROBLEMS[error.fault], error.message)
    if (isNoPicture(error)) throw new Problem('picture.unfetchable', error.message)
    throw error
  }
}
