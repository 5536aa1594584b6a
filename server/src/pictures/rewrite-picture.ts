import { messageOf } from '../thrown.ts'
import { mediaTypeOf, type PictureFormat } from './picture-format.ts'
import type { PictureHead } from './picture-head.ts'
import { PictureRefused, refuseAbove } from './picture-refused.ts'
import { PIXELS_MAX } from './read-head.ts'

export interface InspectedPicture {
  bytes: Buffer
  mediaType: string
  width: number
  height: number
}

/**
 * How long a decoder may be at a picture. Unit: seconds. Our choice: the costliest that is taken needs 1 to 2 on one core;
 * a busy machine may need longer.
 */
export const DECODE_MAX_S = 10
/** How much of a JPEG must be there, of its rows from above. Our choice; browsers show what there is, grey below. */
const ROWS_MIN = 0.75

/** Settings that need neither much memory nor much time: tables made for one picture alone would take both. */
const WRITTEN = { jpeg: { quality: 92, optimiseCoding: false }, png: {}, gif: { effort: 1 } } as const
/** PNGs that cost more are packed less tightly. Unit: that of `PictureHead.cost`. */
const TIGHT_MAX_COST = 50_000_000
/** What a picture may weigh as it is written anew. Unit: bytes. Our choice: photos of 2 MB come to some 6 MB at most. */
const WRITTEN_MAX_BYTES = 16 * 1024 * 1024

export type Sharp = Awaited<ReturnType<typeof loadSharp>>

/** The decoder, loaded when it is first asked for: it is a good part of a cold start. A load that fails is tried again. */
export function lazySharp(): () => Promise<Sharp> {
  let loaded: Promise<Sharp> | undefined
  return () => {
    loaded ??= loadSharp().catch((error) => {
      loaded = undefined
      throw error
    })
    return loaded
  }
}

async function loadSharp() {
  const { default: sharp } = await import('sharp')
  // No other loader ever sees a stranger's bytes, whatever they look like.
  sharp.block({ operation: ['VipsForeignLoad'] })
  sharp.unblock({
    operation: ['VipsForeignLoadJpegBuffer', 'VipsForeignLoadPngBuffer', 'VipsForeignLoadNsgifBuffer'],
  })
  // A decoder is one thread, and nothing of a picture is kept.
  sharp.concurrency(1)
  sharp.cache(false)
  return sharp
}

/** Unpack a picture and write it anew, upright and without metadata. @throws PictureRefused `unreadable` */
export async function rewritePicture(
  sharp: Sharp,
  head: PictureHead,
  format: PictureFormat,
): Promise<InspectedPicture> {
  const open = (failOn: 'none' | 'truncated' | 'error') =>
    sharp(head.essence, { limitInputPixels: PIXELS_MAX, failOn, animated: format === 'gif' }).timeout({
      seconds: DECODE_MAX_S,
    })
  try {
    if (head.lacksRows) {
      const height = Math.ceil(head.height * ROWS_MIN)
      await open('truncated').extract({ left: 0, top: 0, width: head.width, height }).raw().toBuffer()
    }
    const picture = open(format === 'jpeg' ? 'none' : 'error').autoOrient()
    const options = head.cost > TIGHT_MAX_COST ? { ...WRITTEN[format], compressionLevel: 1 } : WRITTEN[format]
    const { data, info } = await picture.toFormat(format, options).toBuffer({ resolveWithObject: true })
    refuseAbove(WRITTEN_MAX_BYTES, data.length, 'bytes when it is written anew')
    return { bytes: data, mediaType: mediaTypeOf(format), width: info.width, height: info.pageHeight ?? info.height }
  } catch (error) {
    if (error instanceof PictureRefused) throw error
    throw new PictureRefused('unreadable', explain(messageOf(error)))
  }
}

/** The grey values of a picture at a size, a byte each. */
export async function shrinkPicture(
  sharp: Sharp,
  head: PictureHead,
  size: { width: number; height: number },
): Promise<Uint8Array> {
  return await sharp(head.essence, { limitInputPixels: PIXELS_MAX, failOn: 'none' })
    .timeout({ seconds: DECODE_MAX_S })
    .flatten({ background: '#ffffff' })
    .resize({ ...size, fit: 'fill' })
    .greyscale()
    .raw()
    .toBuffer()
}

function explain(message: string): string {
  if (message.includes('timeout')) return `the picture takes more than ${DECODE_MAX_S} s to unpack, which is the most`
  if (message.includes('premature end')) return `the JPEG breaks off: less than ${ROWS_MIN * 100} % of it are there`
  return `the picture does not decode: ${message}`
}
