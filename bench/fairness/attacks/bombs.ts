import { crc32, deflateSync } from 'node:zlib'

// Pictures of a few kilobytes that take a decoder seconds or gigabytes.

const SIGNATURE = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')

export function bombs(): Buffer[] {
  return [
    png({ width: 1, height: 39_000_000 }),
    png({ width: 40_000_000, height: 1 }),
    png({ width: 100, height: 100, comments: 50, commentBytes: 1_000_000 }),
    gif({ frames: 30_000 }),
  ]
}

/** Black, one bit a pixel, with compressed comments. */
function png(is: { width: number; height: number; comments?: number; commentBytes?: number }): Buffer {
  const { width, height, comments = 0, commentBytes = 0 } = is
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header[8] = 1
  const rows = Buffer.alloc((1 + Math.ceil(width / 8)) * height)
  const comment = Buffer.concat([Buffer.from('Comment\0\0', 'latin1'), deflateSync(Buffer.alloc(commentBytes, 'a'))])
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    ...Array.from({ length: comments }, () => chunk('zTXt', comment)),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(type: string, data: Buffer): Buffer {
  const content = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const framed = Buffer.alloc(content.length + 8)
  framed.writeUInt32BE(data.length, 0)
  content.copy(framed, 4)
  framed.writeUInt32BE(crc32(content), content.length + 4)
  return framed
}

/** Frames of one pixel on a canvas of 1000 × 1000. */
function gif({ frames }: { frames: number }): Buffer {
  const header = Buffer.from([...Buffer.from('GIF89a'), 0xe8, 0x03, 0xe8, 0x03, 0x80, 0, 0, 0, 0, 0, 255, 255, 255])
  const control = [0x21, 0xf9, 4, 0, 1, 0, 0, 0]
  const picture = [0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0]
  const frame = Buffer.from([...control, ...picture])
  return Buffer.concat([header, ...Array.from({ length: frames }, () => frame), Buffer.from([0x3b])])
}
