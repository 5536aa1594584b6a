import { crc32, deflateSync } from 'node:zlib'
import { aPicture } from '../factories.ts'

/** What a hostile or clumsy client uploads. */

export const SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>'
export const HTML = '<!doctype html><title>Not found</title>'

/** A PNG that breaks off in the middle. */
export async function aTruncatedPng(): Promise<Buffer> {
  const whole = await aPicture({ width: 180, height: 180 })
  return whole.subarray(0, Math.floor(whole.length / 2))
}

/** A PNG of some kilobytes that unpacks to 400 million pixels. */
export function aBomb(): Buffer {
  const side = 20_000
  const header = Buffer.alloc(13)
  header.writeUInt32BE(side, 0)
  header.writeUInt32BE(side, 4)
  header.set([1, 0, 0, 0, 0], 8) // one bit of grey a pixel
  const rows = deflateSync(Buffer.alloc(side * (1 + side / 8)))
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', rows),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const frame = Buffer.alloc(8)
  frame.writeUInt32BE(data.length, 0)
  frame.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)])
}

/** A picture with as many bytes behind its end as make it `bytes` long: a decoder does not mind them. */
export async function aPictureOf(bytes: number): Promise<Buffer> {
  const picture = await aPicture()
  return Buffer.concat([picture, Buffer.alloc(bytes - picture.length)])
}

export interface Part {
  /** The lines of its head. */
  head: readonly string[]
  body: Buffer | string
}

export const MEDIA = 'Content-Disposition: form-data; name="media"; filename="picture.png"'

/** Multipart as some clients write it, down to the heads of the parts. */
export function aMultipart(...parts: readonly Part[]): { headers: Record<string, string>; body: Buffer } {
  const boundary = '----boundary'
  const pieces = parts.flatMap(({ head, body }) => [
    Buffer.from(`--${boundary}\r\n${head.map((line) => `${line}\r\n`).join('')}\r\n`),
    Buffer.from(body),
    Buffer.from('\r\n'),
  ])
  return {
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    body: Buffer.concat([...pieces, Buffer.from(`--${boundary}--\r\n`)]),
  }
}

/** A form with a file named `media`, and fields. */
export function aForm(bytes: Buffer | string | undefined, type = 'image/png', fields: Record<string, string> = {}) {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.set(name, value)
  if (bytes !== undefined) form.set('media', new Blob([new Uint8Array(Buffer.from(bytes))], { type }), 'picture.png')
  return form
}
