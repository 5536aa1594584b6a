import { type Outbound, OutboundBusy } from '../outbound/outbound.ts'
import { Problem } from '../problem.ts'
import { fetchPicture, isNoPicture } from './fetch-picture.ts'
import {
  type InspectedPicture,
  inspectPicture,
  type PictureFault,
  PictureRefused,
  SHOP_FORMATS,
} from './inspect-picture.ts'
import { isWebLink } from './picture-link.ts'
import { type Pictures, storePicture } from './store-picture.ts'

const PROBLEMS = {
  too_large: 'upload.too_large',
  type: 'picture.type_invalid',
  unreadable: 'picture.unreadable',
} as const satisfies Record<PictureFault, string>

/** Links that are fetched at once for one account's uploads: each can take five seconds. Our choice. */
const LINKS_AT_ONCE = 10
const linksUnderWay = new Map<number, number>()

type UploadedPicture = { bytes: Buffer; mediaType: string | undefined }

export type ShopUpload = { from: 'file'; file: UploadedPicture | undefined } | { from: 'link'; url: string | undefined }

/**
 * Keep a picture for the shop calls, from the request or from a link. @returns the key of its link
 * Source: docs/protocol/shops.md, img/upload.
 *
 * @throws Problem `picture.missing`, `shop.parameter_missing`, `picture.link_invalid`, `picture.unfetchable`, `picture.type_invalid`,
 *   `picture.unreadable`, `upload.too_large`; `quota.burst` when too many of the account's links are being fetched
 */
export async function uploadShopPicture(
  pictures: Pictures,
  outbound: Outbound,
  accountId: number,
  upload: ShopUpload,
): Promise<string> {
  const picture = upload.from === 'file' ? await readFile(upload.file) : await readLink(outbound, accountId, upload.url)
  return await storePicture(pictures, accountId, picture, 'shop')
}

async function readFile(file: UploadedPicture | undefined): Promise<InspectedPicture> {
  if (!file?.bytes.length) throw new Problem('picture.missing')
  try {
    return await inspectPicture(file.bytes, { formats: SHOP_FORMATS, declared: file.mediaType })
  } catch (error) {
    throw error instanceof PictureRefused ? new Problem(PROBLEMS[error.fault], error.message) : error
  }
}

async function readLink(outbound: Outbound, accountId: number, url: string | undefined): Promise<InspectedPicture> {
  if (url === undefined) throw new Problem('shop.parameter_missing', 'img_url')
  if (!isWebLink(url)) throw new Problem('picture.link_invalid')
  const underWay = linksUnderWay.get(accountId) ?? 0
  if (underWay >= LINKS_AT_ONCE) throw new Problem('quota.burst')
  linksUnderWay.set(accountId, underWay + 1)
  try {
    return await fetchPicture(outbound, accountId, url)
  } catch (error) {
    if (error instanceof PictureRefused) throw new Problem('picture.unreadable', error.message)
    if (error instanceof OutboundBusy) throw new Problem('quota.burst')
    if (isNoPicture(error)) throw new Problem('picture.unfetchable', error.message)
    throw error
  } finally {
    const left = (linksUnderWay.get(accountId) ?? 1) - 1
    if (left > 0) linksUnderWay.set(accountId, left)
    else linksUnderWay.delete(accountId)
  }
}
