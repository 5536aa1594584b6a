import { crc32, deflateSync } from 'node:zlib'

const SIGNATURE = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')
const SAMPLES = { grey: 1, colours: 3, palette: 1, transparent: 4 } as const
const COLOUR_TYPES = { grey: 0, colours: 2, palette: 3, transparent: 6 } as const
/** Where each pass of an interlaced picture begins, and its steps. Source: the PNG specification, Adam7. */
const PASSES = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const

export function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const frame = Buffer.alloc(8)
  frame.writeUInt32BE(data.length, 0)
  frame.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)])
}

interface PngOptions {
  depth?: 1 | 8 | 16
  colours?: keyof typeof COLOUR_TYPES
  isInterlaced?: boolean
  /** Chunks before the pixels. */
  chunks?: readonly Buffer[]
  fill?: (rows: Buffer) => void
}

/** A PNG of any size, packed as well as can be. */
export function aPngOf(width: number, height: number, options: PngOptions = {}): Buffer {
  const { depth = 8, colours = 'colours', isInterlaced = false, chunks = [], fill } = options
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([depth, COLOUR_TYPES[colours], 0, 0, isInterlaced ? 1 : 0], 8)
  const rowBytes = (pixels: number) => 1 + Math.ceil((pixels * SAMPLES[colours] * depth) / 8)
  const parts = isInterlaced
    ? PASSES.map(([x, y, right, down]) => [Math.ceil((width - x) / right), Math.ceil((height - y) / down)] as const)
    : [[width, height] as const]
  const bytes = parts.map(([across, rows]) => (across > 0 && rows > 0 ? rows * rowBytes(across) : 0))
  const rows = Buffer.alloc(bytes.reduce((sum, part) => sum + part, 0))
  fill?.(rows)
  return Buffer.concat([
    SIGNATURE,
    pngChunk('IHDR', header),
    ...chunks,
    pngChunk('IDAT', deflateSync(rows, { level: 9 })),
    pngChunk('IEND', Buffer.alloc(0)),
  ])
}
