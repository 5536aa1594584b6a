import { type Outbound, type OutboundAnswer, OutboundRefused, redirectIn } from '../outbound/outbound.ts'
import { inspectPicture, PICTURE_MAX_BYTES } from './inspect-picture.ts'
import { SHOP_FORMATS } from './picture-format.ts'
import { PictureRefused } from './picture-refused.ts'
import type { InspectedPicture } from './rewrite-picture.ts'
import type { Pictures } from './store-picture.ts'

/** For a link to answer with its picture. Unit: milliseconds. */
export const FETCH_TIMEOUT_MS = 5000
/** The most redirects to a picture, as hosts of files send them. */
const REDIRECTS_MAX = 3

/** A link that answered, but not with HTTP 200. */
export class LinkFailed extends Error {
  readonly status: number
  constructor(status: number, isRedirect: boolean) {
    super(`the link answered HTTP ${status}${isRedirect ? `, at most ${REDIRECTS_MAX} redirects are followed` : ''}`)
    this.name = 'LinkFailed'
    this.status = status
  }
}

/** Why a link gave no picture. */
export type NoPicture = LinkFailed | OutboundRefused | PictureRefused

export function isNoPicture(error: unknown): error is NoPicture {
  return error instanceof LinkFailed || error instanceof OutboundRefused || error instanceof PictureRefused
}

/**
 * @throws LinkFailed, OutboundRefused or PictureRefused, which say why the picture is not to be had
 * @throws what `Decoders.rewrite` throws when there is no decoder for it
 */
export async function fetchPicture(
  pictures: Pick<Pictures, 'decoders'>,
  outbound: Outbound,
  accountId: number,
  url: string,
): Promise<InspectedPicture> {
  return await inspectDownload(pictures, accountId, await downloadPicture(outbound, accountId, url))
}

/** @throws OutboundRefused */
export async function downloadPicture(outbound: Outbound, accountId: number, url: string): Promise<OutboundAnswer> {
  const limits = { timeoutMs: FETCH_TIMEOUT_MS, maxBytes: PICTURE_MAX_BYTES, redirectsMax: REDIRECTS_MAX }
  return await outbound.send({ accountId, method: 'GET', url, ...limits })
}

/** @throws LinkFailed, PictureRefused, and what `Decoders.rewrite` throws */
export async function inspectDownload(
  { decoders }: Pick<Pictures, 'decoders'>,
  accountId: number,
  answer: OutboundAnswer,
): Promise<InspectedPicture> {
  if (answer.status !== 200) throw new LinkFailed(answer.status, redirectIn(answer) !== undefined)
  return await inspectPicture(decoders, accountId, answer.body, SHOP_FORMATS)
}
