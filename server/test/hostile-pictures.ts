import { deflateSync } from 'node:zlib'
import sharp from 'sharp'
import { aGifOf } from 'shenpi-conformance/files/gif'
import { aPngOf, pngChunk } from 'shenpi-conformance/files/png'

/** A file made to cost a decoder much, and its refusal; undefined where it is accepted. */
export interface HostilePicture {
  name: string
  make: () => Buffer | Promise<Buffer>
  refused?: RegExp
  /** Whether making it, or looking at it, takes seconds: for the bench alone. */
  isSlow?: true
}

const packed = (bytes: number, before: string) =>
  Buffer.concat([Buffer.from(before, 'latin1'), deflateSync(Buffer.alloc(bytes), { level: 9 })])

export const jpegSegment = (marker: number, data: Buffer | string): Buffer => {
  const length = Buffer.alloc(2)
  length.writeUInt16BE(data.length + 2)
  return Buffer.concat([Buffer.from([0xff, marker]), length, Buffer.from(data)])
}

/** Put segments into a JPEG, behind its beginning. */
export const withSegments = (jpeg: Buffer, segments: readonly Buffer[]): Buffer =>
  Buffer.concat([jpeg.subarray(0, 2), ...segments, jpeg.subarray(2)])

const FINE = { progressive: true, chromaSubsampling: '4:4:4' }
const flat = (side: number) => sharp({ create: { width: side, height: side, channels: 3, background: '#888888' } })

/** A progressive JPEG whose last pass, which says almost nothing, is written again and again. */
async function aJpegOfPasses(side: number, passes: number): Promise<Buffer> {
  const jpeg = await flat(side)
    .jpeg({ ...FINE, quality: 60 })
    .toBuffer()
  const last = jpeg.lastIndexOf(Buffer.from([0xff, 0xda]))
  const pass = jpeg.subarray(last, jpeg.length - 2)
  return Buffer.concat([jpeg.subarray(0, -2), ...Array(passes).fill(pass), jpeg.subarray(-2)])
}

/** Rows that repeat at a distance that a compressor has to search for. */
function fillWithPattern(rows: Buffer): void {
  let seed = 1
  const pattern = Buffer.alloc(30_000)
  for (let at = 0; at < pattern.length; at += 1) {
    seed = (seed * 1_103_515_245 + 12_345) & 0x7fffffff
    pattern[at] = (seed >> 16) & 3
  }
  for (let at = 0; at < rows.length; at += pattern.length) pattern.copy(rows, at)
}

const SIDE = 6324 // 40 million pixels

const TURNED = pngChunk(
  'eXIf',
  Buffer.from('MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0', 'latin1'),
)

const PNGS: readonly HostilePicture[] = [
  {
    name: 'a PNG of 1 × 39,000,000',
    make: () => aPngOf(1, 39_000_000, { colours: 'grey' }),
    refused: /39000000 pixels on its longest side, at most 65535/,
  },
  { name: 'a PNG of 40,000,000 × 1', make: () => aPngOf(40_000_000, 1, { colours: 'grey' }), refused: /longest side/ },
  { name: 'a PNG of 65,535 × 320', isSlow: true, make: () => aPngOf(65_535, 320, { colours: 'transparent' }) },
  { name: 'a PNG of 470 × 65,535', isSlow: true, make: () => aPngOf(470, 65_535, { colours: 'transparent' }) },
  { name: 'a PNG of 40 million pixels', isSlow: true, make: () => aPngOf(SIDE, SIDE) },
  {
    name: 'a PNG of 40 million pixels that pack badly',
    isSlow: true,
    make: () => aPngOf(SIDE, SIDE, { fill: fillWithPattern }),
    refused: /bytes when it is written anew, at most 16777216/,
  },
  {
    name: 'a PNG of 28 million pixels whose Exif chunk turns it',
    isSlow: true,
    make: () => aPngOf(5290, 5290, { chunks: [TURNED] }),
  },
  {
    name: 'an interlaced PNG of 21 million pixels',
    isSlow: true,
    make: () => aPngOf(4640, 4640, { colours: 'transparent', isInterlaced: true }),
  },
  {
    name: 'an interlaced PNG of 40 million pixels of 64 bits',
    isSlow: true,
    make: () => aPngOf(SIDE, SIDE, { colours: 'transparent', depth: 16, isInterlaced: true }),
    refused: /takes 960 MB, at most 260 MB/,
  },
  {
    name: 'a PNG with 20 texts of 50 MB',
    isSlow: true,
    make: () => aPngOf(9, 9, { chunks: Array(20).fill(pngChunk('zTXt', packed(50_000_000, 'Comment\0\0'))) }),
  },
  {
    name: 'a PNG with an international text of 100 MB',
    make: () => aPngOf(9, 9, { chunks: [pngChunk('iTXt', packed(100_000_000, 'Comment\0\x01\0\0\0'))] }),
  },
  {
    name: 'a PNG with a colour profile of 100 MB',
    make: () => aPngOf(9, 9, { chunks: [pngChunk('iCCP', packed(100_000_000, 'profile\0\0'))] }),
    refused: /colour profile unpacks to more than 4194304 bytes/,
  },
  {
    name: 'a PNG of 150,000 empty texts',
    make: () => aPngOf(9, 9, { chunks: Array(150_000).fill(pngChunk('tEXt', Buffer.alloc(0))) }),
    refused: /10001 chunks, at most 10000/,
  },
]

const GIFS: readonly HostilePicture[] = [
  { name: 'a GIF of 30,000 frames', make: () => aGifOf(30_000, 100, 100), refused: /30000 frames, at most 300/ },
  { name: 'a GIF of 300 frames', isSlow: true, make: () => aGifOf(300, 240, 240) },
  {
    name: 'a GIF of 300 frames on a canvas of 65,535 × 65,535',
    make: () => aGifOf(300, 65_535, 65_535),
    refused: /pixels in all frames together, at most 40000000/,
  },
  {
    name: 'a GIF of one frame that reaches far beyond its canvas',
    make: () => aGifOf(1, 9, 9, { dot: 60_000 }),
    refused: /3600000000 pixels, at most 40000000/,
  },
  { name: 'a GIF of 17 million pixels', isSlow: true, make: () => flat(4150).gif().toBuffer() },
  { name: 'a GIF of 40 million pixels', make: () => aGifOf(10, 2000, 2000), refused: /takes 600 MB/ },
]

const JPEGS: readonly HostilePicture[] = [
  { name: 'a JPEG of 40 million pixels', isSlow: true, make: () => flat(SIDE).jpeg().toBuffer() },
  {
    name: 'a JPEG of 40 million pixels whose Exif segment turns it',
    isSlow: true,
    make: () => flat(SIDE).withMetadata({ orientation: 6 }).jpeg().toBuffer(),
  },
  {
    name: 'a JPEG of 30 million pixels without its end',
    isSlow: true,
    make: async () => (await flat(5500).jpeg().toBuffer()).subarray(0, -2),
  },
  { name: 'a progressive JPEG of 30 million pixels', isSlow: true, make: () => flat(5500).jpeg(FINE).toBuffer() },
  {
    name: 'a progressive JPEG of 40 million pixels',
    isSlow: true,
    make: () => flat(SIDE).jpeg(FINE).toBuffer(),
    refused: /takes 336 MB/,
  },
  {
    name: 'a progressive JPEG that repeats its last pass',
    isSlow: true,
    make: () => aJpegOfPasses(5000, 29),
    refused: /does not decode/,
  },
  {
    name: 'a progressive JPEG of thousands of passes',
    make: () => aJpegOfPasses(500, 3000),
    refused: /3010 passes, at most 40/,
  },
  {
    name: 'a JPEG with 400,000 empty segments',
    make: () => notedJpeg(400_000, 0xed, ''),
    refused: /10001 segments, at most 10000/,
  },
  { name: 'a JPEG with 10,000 Exif segments', make: () => notedJpeg(9_900, 0xe1, `Exif\0\0MM${'x'.repeat(100)}`) },
  { name: 'a JPEG with 2 MB of comments', make: () => notedJpeg(31, 0xfe, 'x'.repeat(65_000)) },
  {
    name: 'a JPEG whose height comes later',
    make: async () => withoutHeight(await flat(99).jpeg().toBuffer()),
    refused: /breaks off before its picture, or is damaged/,
  },
  { name: 'a JPEG of 2 MB of restarts', make: async () => withRestarts(await flat(999).jpeg().toBuffer(), 1_000_000) },
]

export const HOSTILE_PICTURES: readonly HostilePicture[] = [...PNGS, ...GIFS, ...JPEGS]

async function notedJpeg(count: number, marker: number, note: string): Promise<Buffer> {
  return withSegments(await flat(9).jpeg().toBuffer(), Array(count).fill(jpegSegment(marker, note)))
}

function withoutHeight(jpeg: Buffer): Buffer {
  const head = jpeg.indexOf(Buffer.from([0xff, 0xc0]))
  const copy = Buffer.from(jpeg)
  copy.writeUInt16BE(0, head + 5)
  return copy
}

const withRestarts = (jpeg: Buffer, count: number): Buffer =>
  Buffer.concat([jpeg.subarray(0, -2), Buffer.alloc(count * 2, Buffer.from([0xff, 0xd0])), jpeg.subarray(-2)])
