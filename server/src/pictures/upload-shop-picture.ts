import { TooManyWaiting } from '../fair-semaphore.ts'
import { type Outbound, OutboundBusy, OutboundRefused } from '../outbound/outbound.ts'
import { missingFields, Problem, problemOf, unfitting } from '../problem.ts'
import { DecodersBusy } from './decoders.ts'
import { fetchPicture, isNoPicture, type NoPicture } from './fetch-picture.ts'
import { inspectUpload, type PictureFile, type PictureProblems } from './inspect-upload.ts'
import { SHOP_FORMATS } from './picture-format.ts'
import { A_WEB_LINK, isWebLink } from './picture-link.ts'
import { PictureRefused } from './picture-refused.ts'
import type { InspectedPicture } from './rewrite-picture.ts'
import { LINKS_AT_ONCE, type Pictures, storePicture } from './store-picture.ts'

const problems = {
  too_large: 'upload.too_large',
  type: 'picture.type_invalid',
  unreadable: 'picture.unreadable',
} as const satisfies PictureProblems

type Sent = PictureFile | undefined

type ShopUpload = { from: 'file'; file: Sent } | { from: 'link'; url: string | undefined }

/**
 * Keep a picture for the shop calls, from the request or from a link. @returns the key of its link
 * Source: docs/protocol/shops.md, img/upload.
 *
 * @throws Problem `picture.missing`, `shop.parameter_missing`, `picture.link_invalid`, `picture.unfetchable`, `picture.type_invalid`,
 *   `picture.unreadable`, `upload.too_large`; `quota.burst` when too many of the account's pictures are being fetched or wait
 *   for a decoder, `system.unavailable` when others' took too long
 */
export async function uploadShopPicture(
  pictures: Pictures,
  outbound: Outbound,
  accountId: number,
  upload: ShopUpload,
): Promise<string> {
  const picture = await (upload.from === 'file'
    ? readFile(pictures, accountId, upload.file)
    : readLink(pictures, outbound, accountId, upload.url))
  return await storePicture(pictures, accountId, picture, 'shop')
}

async function readFile(pictures: Pictures, accountId: number, file: Sent): Promise<InspectedPicture> {
  if (!file?.bytes.length) throw new Problem('picture.missing')
  return await inspectUpload(pictures, accountId, file, { formats: SHOP_FORMATS, problems })
}

async function readLink(
  pictures: Pictures,
  outbound: Outbound,
  accountId: number,
  url: string | undefined,
): Promise<InspectedPicture> {
  if (url === undefined) throw missingFields('shop.parameter_missing', ['img_url'])
  if (!isWebLink(url)) throw unfitting('picture.link_invalid', { path: 'img_url', form: A_WEB_LINK })
  try {
    return await pictures.links.run(accountId, () => fetchPicture(pictures, outbound, accountId, url))
  } catch (error) {
    if (error instanceof TooManyWaiting) {
      throw problemOf('quota.burst', `more than ${LINKS_AT_ONCE} links are being fetched at once`)
    }
    if (error instanceof OutboundBusy) throw problemOf('quota.burst', error.message)
    if (error instanceof DecodersBusy) throw problemOf(error.code, error.message)
    if (error instanceof PictureRefused) throw problemOf('picture.unreadable', error.message)
    if (isNoPicture(error)) throw unfetchable(error)
    throw error
  }
}

/** The wire tells of what answered. What cannot be reached is never told apart: anyone could map an inner network by it. */
function unfetchable(error: NoPicture): Problem {
  const isUnreached = error instanceof OutboundRefused && error.reason !== 'timeout' && error.reason !== 'too_large'
  return isUnreached
    ? new Problem('picture.unfetchable', error.message)
    : problemOf('picture.unfetchable', error.message)
}
