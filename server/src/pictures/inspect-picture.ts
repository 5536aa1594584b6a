import type { Decoders } from './decoders.ts'
import { describeFile, formatOf, type PictureFormat, sayTaken } from './picture-format.ts'
import { PictureRefused, refuseLarge } from './picture-refused.ts'
import { readHead } from './read-head.ts'
import type { InspectedPicture } from './rewrite-picture.ts'

/** The largest picture. Unit: bytes. Source: docs/protocol/shops.md, pictures; shakearound.md, material/add. */
export const PICTURE_MAX_BYTES = 2 * 1024 * 1024

/**
 * Check that bytes are an acceptable picture, and write it anew without its metadata, so that neither the place nor the
 * camera of a photo is kept. Its content decides, not the declared type. What its head reveals is refused before a decoder
 * runs.
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
