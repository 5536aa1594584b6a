import { codeOf } from '../thrown.ts'
import { PARTS_MAX, type PictureHead, rasterBytes } from './picture-head.ts'
import { PictureRefused, refuseAbove } from './picture-refused.ts'

const SIGNATURE_BYTES = 8
/** Length, type and checksum of a chunk. */
const FRAME_BYTES = 12
/** The chunks that pixels and colours depend on, without texts, times, thumbnails and animations. */
const ESSENTIAL = new Set(['IHDR', 'PLTE', 'IDAT', 'IEND', 'tRNS', 'gAMA', 'cHRM', 'sRGB', 'iCCP', 'eXIf'])
/** Unit: bytes. Source: the Exif standard; what is longer is none. */
const EXIF_MAX_BYTES = 65_535
/** What a colour profile may unpack to. Unit: bytes. Our choice: those of screens and scanners have up to 2 MB. */
const PROFILE_MAX_BYTES = 4 * 1024 * 1024
/** What packing a byte anew may cost when it packs badly. Unit: that of `PictureHead.cost`. */
const WRITING_COST = 2
/** Samples a pixel by colour type; a palette is unpacked to colours, and transparency adds one. */
const SAMPLES: Record<number, number> = { 0: 1, 2: 3, 3: 3, 4: 2, 6: 4 }

/** @throws PictureRefused `unreadable` when the colour profile is a bomb. */
export function readPng(bytes: Buffer): PictureHead | undefined {
  if (bytes.length < SIGNATURE_BYTES + FRAME_BYTES + 13 || bytes.toString('latin1', 12, 16) !== 'IHDR') return undefined
  const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)]
  const isDeep = bytes[24] === 16
  const isInterlaced = bytes[28] !== 0
  const { essence, types } = withoutTexts(bytes)
  const pixelBytes = ((SAMPLES[bytes[25] ?? 0] ?? 4) + (types.has('tRNS') ? 1 : 0)) * (isDeep ? 2 : 1)
  // To turn a picture, a decoder needs the whole of it.
  const isHeld = isInterlaced || types.has('eXIf')
  const cost = WRITING_COST * width * height * pixelBytes + rasterBytes(width, height, pixelBytes, isHeld)
  return { width, height, frames: 1, cost, essence }
}

/** The file with its essential chunks only, and the types of these. A chunk that breaks off is left to the decoder. */
function withoutTexts(bytes: Buffer): { essence: Buffer; types: Set<string> } {
  const essence = Buffer.alloc(bytes.length)
  const types = new Set<string>()
  let length = bytes.copy(essence, 0, 0, SIGNATURE_BYTES)
  let chunks = 0
  let end: number
  for (let start = SIGNATURE_BYTES; start + 8 <= bytes.length && !types.has('IEND'); start = end) {
    end = Math.min(start + FRAME_BYTES + bytes.readUInt32BE(start), bytes.length)
    chunks += 1
    refuseAbove(PARTS_MAX, chunks, 'chunks')
    const type = bytes.toString('latin1', start + 4, start + 8)
    if (!isEssential(type, bytes.subarray(start + 8, end - 4), types)) continue
    types.add(type)
    length += bytes.copy(essence, length, start, end)
  }
  return { essence: essence.subarray(0, length), types }
}

function isEssential(type: string, data: Buffer, before: ReadonlySet<string>): boolean {
  // A critical chunk that nobody knows is for the decoder to refuse.
  if (!ESSENTIAL.has(type)) return /^[A-Z]/.test(type)
  if (type === 'IHDR' || type === 'IDAT') return true
  if (before.has(type)) return false
  if (type === 'eXIf') return data.length <= EXIF_MAX_BYTES
  if (type === 'iCCP') assertSmallProfile(data)
  return true
}

/** A profile is a name of at most 79 bytes, two zeros, and a zlib stream. A damaged one is the decoder's to pass over. */
function assertSmallProfile(data: Buffer): void {
  const packed = data.subarray(data.indexOf(0) + 2)
  try {
    // Asked for here, as a start has nothing to unpack.
    process.getBuiltinModule('node:zlib').inflateSync(packed, { maxOutputLength: PROFILE_MAX_BYTES })
  } catch (error) {
    if (codeOf(error) !== 'ERR_BUFFER_TOO_LARGE') return
    const message = `the colour profile unpacks to more than ${PROFILE_MAX_BYTES} bytes, which is the most that is taken`
    throw new PictureRefused('unreadable', message)
  }
}
