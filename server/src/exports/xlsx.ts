import { pipeline, Readable } from 'node:stream'
import { crc32, createDeflateRaw } from 'node:zlib'
import type { Rows } from './cell.ts'
import { PARTS, SHEET_PART, toSheet } from './sheet.ts'

/** Checksum and sizes stand behind what they are of. Source: APPNOTE.TXT, general purpose bit 3. */
const FLAGS = 0x0008
const VERSION = 20
const DEFLATED = 8
/** The first of January 1980: a file that is made anew tells no other time. */
const DAY = 0x21

const two = (...values: number[]): Buffer => Buffer.from(Uint16Array.from(values).buffer)
const four = (...values: number[]): Buffer => Buffer.from(Uint32Array.from(values).buffer)

/** A table as a workbook of Excel: a ZIP whose last part, the sheet, is written as the rows come. */
export async function* toXlsx(rows: Rows): AsyncGenerator<Buffer> {
  const directory: Buffer[] = []
  let offset = 0
  for (const [name, content] of [...PARTS, [SHEET_PART, toSheet(rows)] as const]) {
    const header = Buffer.concat([
      four(0x04034b50),
      two(VERSION, FLAGS, DEFLATED, 0, DAY),
      four(0, 0, 0),
      two(name.length, 0),
      Buffer.from(name),
    ])
    yield header
    const sum = { checksum: 0, size: 0, packed: 0 }
    for await (const packed of deflated(content, sum)) {
      sum.packed += packed.length
      yield packed
    }
    const sizes = four(sum.checksum, sum.packed, sum.size)
    yield Buffer.concat([four(0x08074b50), sizes])
    const place = [two(name.length, 0, 0, 0, 0), four(0, offset), Buffer.from(name)]
    directory.push(four(0x02014b50), two(VERSION, VERSION, FLAGS, DEFLATED, 0, DAY), sizes, ...place)
    offset += header.length + sum.packed + 16
  }
  const list = Buffer.concat(directory)
  const parts = PARTS.length + 1
  yield Buffer.concat([list, four(0x06054b50), two(0, 0, parts, parts), four(list.length, offset), two(0)])
}

/** The packed bytes of a text, piece by piece, at the pace of whoever takes them. */
function deflated(content: Iterable<string> | AsyncIterable<string>, sum: { checksum: number; size: number }) {
  async function* counted() {
    for await (const text of content) {
      const bytes = Buffer.from(text)
      sum.checksum = crc32(bytes, sum.checksum)
      sum.size += bytes.length
      yield bytes
    }
  }
  const deflate: AsyncIterable<Buffer> & NodeJS.ReadWriteStream = createDeflateRaw()
  // What fails is thrown where the pieces are taken.
  pipeline(Readable.from(counted()), deflate, () => {})
  return deflate
}
