import { aPicture } from '../factories.ts'
import { aPngOf } from '../hostile-pictures.ts'

/** What a hostile or clumsy client uploads. */

export const SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>'
export const HTML = '<!doctype html><title>Not found</title>'

/** A PNG that breaks off in the middle. */
export async function aTruncatedPng(): Promise<Buffer> {
  const whole = await aPicture({ width: 180, height: 180 })
  return whole.subarray(0, Math.floor(whole.length / 2))
}

/** A PNG of some kilobytes that unpacks to 400 million pixels. */
export const aBomb = (): Buffer => aPngOf(20_000, 20_000, { depth: 1, colours: 'grey' })

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
