import { readGif } from './gif-head.ts'
import { readJpeg } from './jpeg-head.ts'
import type { PictureFormat } from './picture-format.ts'
import type { PictureHead } from './picture-head.ts'
import { PictureRefused, refuseAbove } from './picture-refused.ts'
import { readPng } from './png-head.ts'

/** The longest side that is unpacked. Unit: pixels. Our choice: no JPEG and no GIF can have a longer one. */
const SIDE_MAX = 65_535
/** The largest picture that is unpacked, all frames of an animation together. Unit: pixels. Our choice. */
export const PIXELS_MAX = 40_000_000
/** The most frames that are unpacked. Our choice: animations of 2 MB have some dozens. */
const FRAMES_MAX = 300
/** The most that unpacking a picture may take. Unit: that of `PictureHead.cost`. Our choice. */
const COST_MAX = 260_000_000

const READERS: Record<PictureFormat, (bytes: Buffer) => PictureHead | undefined> = {
  jpeg: readJpeg,
  png: readPng,
  gif: readGif,
}

/**
 * Read the head of a picture, which costs a few milliseconds however hostile the file is.
 *
 * @throws PictureRefused `unreadable` when it has none, or when it says that unpacking takes more than we give.
 */
export function readHead(bytes: Buffer, format: PictureFormat): PictureHead {
  const head = READERS[format](bytes)
  if (!head || head.width === 0 || head.height === 0) {
    throw new PictureRefused('unreadable', `the ${format.toUpperCase()} breaks off before its picture, or is damaged`)
  }
  const { width, height, frames, cost } = head
  refuseAbove(SIDE_MAX, Math.max(width, height), 'pixels on its longest side')
  refuseAbove(FRAMES_MAX, frames, 'frames')
  refuseAbove(PIXELS_MAX, width * height * frames, frames > 1 ? 'pixels in all frames together' : 'pixels')
  if (cost > COST_MAX) {
    const what = `to unpack and to write anew the picture of ${width} × ${height} pixels`
    const message = `${what} takes ${toMB(cost)} MB, at most ${toMB(COST_MAX)} MB are given to one`
    throw new PictureRefused('unreadable', message)
  }
  return head
}

const toMB = (cost: number): number => Math.ceil(cost / 1_000_000)
