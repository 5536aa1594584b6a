import type { Decoders, InspectedPicture } from './decoders.ts'
import { describeFile, formatOf, type PictureFormat, sayTaken } from './picture-format.ts'
import { PictureRefused, refuseLarge } from './picture-refused.ts'
import { readHead } from './read-head.ts'

/** What a picture may weigh. Unit: bytes. Source: docs/protocol/shops.md, pictures; shakearound.md, material/add. */
export const PICTURE_MAX_BYTES = 2 * 1024 * 1024

/**
 * Look whether bytes are a picture that we take, and write it anew without its metadata: no place and no camera of the
 * merchant's is kept. What it is decides, not what its part or its link says of it. Whatever its head tells is refused
 * before a decoder is asked.
 *
 * @throws PictureRefused
 * @throws what `Decoders.rewrite` throws when there is no decoder for it
 */
export async function inspectPicture(
  decoders: Decoders,
  accountId: number,
  bytes: Buffer,
  formats: readonly PictureFormat[],
): Promise<InspectedPicture> {
  refuseLarge(PICTURE_MAX_BYTES, bytes.length)
  const format = formatOf(bytes)
  if (!format || !formats.includes(format)) {
    throw new PictureRefused('type', `this is ${describeFile(bytes)}; ${sayTaken(formats)}`)
  }
  return await decoders.rewrite(accountId, readHead(bytes, format), format)
}
