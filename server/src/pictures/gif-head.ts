import type { PictureHead } from './picture-head.ts'

/** For a pixel of each frame, most of it for its palette. Unit: that of `PictureHead.cost`. */
const PIXEL_COST = 15
const [EXTENSION, IMAGE, HEAD_BYTES] = [0x21, 0x2c, 13]

/** Counts the frames and measures the canvas, which decoders enlarge for a frame that reaches beyond it. */
export function readGif(bytes: Buffer): PictureHead | undefined {
  if (bytes.length < HEAD_BYTES) return undefined
  const canvas = { width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8) }
  let frames = 0
  let at = HEAD_BYTES + paletteBytes(bytes[10])
  while (at + 2 < bytes.length) {
    if (bytes[at] === EXTENSION) at = afterBlocks(bytes, at + 2)
    else if (bytes[at] === IMAGE && at + 9 < bytes.length) {
      frames += 1
      canvas.width = Math.max(canvas.width, bytes.readUInt16LE(at + 1) + bytes.readUInt16LE(at + 5))
      canvas.height = Math.max(canvas.height, bytes.readUInt16LE(at + 3) + bytes.readUInt16LE(at + 7))
      at = afterBlocks(bytes, at + 11 + paletteBytes(bytes[at + 9]))
    } else break
  }
  if (frames === 0) return undefined
  const { width, height } = canvas
  return { width, height, frames, cost: width * height * frames * PIXEL_COST, essence: bytes }
}

/** How long the palette is that a byte of flags announces. */
const paletteBytes = (flags = 0): number => (flags & 0x80 ? 3 << ((flags & 7) + 1) : 0)

/** The end of a row of blocks, each of which begins with its length: after the empty one. */
function afterBlocks(bytes: Buffer, start: number): number {
  let at = start
  while (at < bytes.length && bytes[at] !== 0) at += 1 + (bytes[at] ?? 0)
  return at + 1
}
