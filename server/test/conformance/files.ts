import type { ConformanceCase } from '../../src/conformance/conformance-case.ts'
import type { FormName, PictureName } from '../../src/conformance/files.ts'
import { aFile, aPicture } from '../factories.ts'
import { aGifOf, aPngOf } from '../hostile-pictures.ts'
import type { WireRequest } from '../wire/exchange.ts'
import { aBomb, aMultipart, aPictureOf, aTruncatedPng, HTML, MEDIA, SVG } from '../wire/files.ts'

const MB = 1024 * 1024

/** Each file's bytes, and the media type that it says it has. */
const PICTURES: Record<PictureName, readonly [mediaType: string, make: () => Buffer | Promise<Buffer>]> = {
  'a PNG': ['image/png', () => aPicture()],
  'a JPEG': ['image/jpeg', () => aPicture({ format: 'jpeg' })],
  'a GIF': ['image/gif', () => aPicture({ format: 'gif' })],
  'a WebP': ['image/webp', () => aPicture({ format: 'webp' })],
  'an SVG': ['image/svg+xml', () => Buffer.from(SVG)],
  'a page of HTML': ['text/html', () => Buffer.from(HTML)],
  'a text': ['image/png', () => Buffer.from('a text')],
  'a PDF': ['application/pdf', () => Buffer.from('%PDF-1.7')],
  'an empty file': ['image/png', () => Buffer.alloc(0)],
  'a PNG of 200 × 200 pixels': ['image/png', () => aPicture({ width: 200, height: 200 })],
  'a PNG of 201 × 201 pixels': ['image/png', () => aPicture({ width: 201, height: 201 })],
  'a PNG that is not square': ['image/png', () => aPicture({ width: 120, height: 119 })],
  'a PNG of 2 MB': ['image/png', () => aPictureOf(2 * MB)],
  'a PNG of 2 MB and a byte': ['image/png', () => aPictureOf(2 * MB + 1)],
  'a JPEG of 1 MB and a byte': ['image/jpeg', async () => padded(await aPicture({ format: 'jpeg' }), MB + 1)],
  'a file of 10 MB and a byte': ['image/jpeg', () => Buffer.alloc(10 * MB + 1)],
  'a PNG that breaks off': ['image/png', aTruncatedPng],
  'a JPEG that breaks off': ['image/jpeg', async () => (await aPicture({ format: 'jpeg' })).subarray(0, 200)],
  'the head of a PNG alone': ['image/png', () => Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')],
  'a PNG that unpacks to 400 million pixels': ['image/png', aBomb],
  'a PNG of 1 × 39,000,000 pixels': ['image/png', () => aPngOf(1, 39_000_000, { colours: 'grey' })],
  'a GIF of 30,000 frames': ['image/gif', () => aGifOf(30_000, 100, 100)],
  'a JPEG without its last bytes': ['image/jpeg', async () => (await aPicture({ format: 'jpeg' })).subarray(0, -3)],
}

const padded = (bytes: Buffer, length: number) => Buffer.concat([bytes, Buffer.alloc(length - bytes.length)])

/** Some take a second to make. */
const made = new Map<PictureName, Buffer>()

export async function makeFile({ is, mediaType }: NonNullable<ConformanceCase['file']>): Promise<Blob> {
  const [type, make] = PICTURES[is]
  const bytes = await (made.get(is) ?? make())
  made.set(is, bytes)
  return aFile(bytes, mediaType ?? type)
}

const form = aMultipart({ head: [MEDIA, 'Content-Type: image/png'], body: 'x'.repeat(500) })

export const FORMS: Record<FormName, () => WireRequest> = {
  'a form without its boundary': () => ({ headers: { 'content-type': 'multipart/form-data' }, body: form.body }),
  'a form that breaks off in its file': () => ({ ...form, body: form.body.subarray(0, 300) }),
  'a form that breaks off at its end': () => ({ ...form, body: form.body.subarray(0, form.body.length - 4) }),
  'a form with a text named media': () =>
    aMultipart({ head: ['Content-Disposition: form-data; name="media"'], body: '@picture.png' }),
  'a form of 41 parts': () =>
    aMultipart(...Array(41).fill({ head: ['Content-Disposition: form-data; name="a"'], body: '' })),
  'a form of 100,000 parts': () => aMultipart(...Array(100_000).fill({ head: [], body: '' })),
}
