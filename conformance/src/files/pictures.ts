import { aGifOf } from './gif.ts'
import { aPngOf } from './png.ts'

const MB = 1024 * 1024

export const SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>'
export const HTML = '<!doctype html><title>Not found</title>'

/** Squares of 120 pixels in one colour, as an encoder writes them: we have none for these two formats. */
const JPEG = Buffer.from(
  '/9j/2wBDAAYEBQYFBAYGBQYHBwYIChAKCgkJChQODwwQFxQYGBcUFhYaHSUfGhsjHBYWICwgIyYnKSopGR8tMC0oMCUoKSj/2wBDAQcHBwoIChMKChMo' +
    'GhYaKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCj/wAARCAB4AHgDASIAAhEBAxEB/8QAFQABAQAAAAAA' +
    'AAAAAAAAAAAAAAb/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/8QAFgEBAQEAAAAAAAAAAAAAAAAAAAYH/8QAFBEBAAAAAAAAAAAAAAAAAAAAAP/aAAwDAQAC' +
    'EQMRAD8AgAE82EAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' +
    'AAAAAAAAAAAAAAAAAAB/9k=',
  'base64',
)
const WEBP = Buffer.from(
  'UklGRmoAAABXRUJQVlA4IF4AAACwBgCdASp4AHgAPm02mUmkIyKhIIgAgA2JaW7hdJlwAAE9tiLxBUc9sReIKjntiLxBUc9sReIKjntiLxBNgAD+/oT3' +
    '//xa1uFpYf//aWf/Us/+pZ/jFco0PigAAAAA',
  'base64',
)

const aPng = (): Buffer => aPngOf(120, 120)

/** With as many bytes behind its end as make it `length` long: a decoder does not mind them. */
const padded = (picture: Buffer, length: number) => Buffer.concat([picture, Buffer.alloc(length - picture.length)])

export const aPngOfBytes = (length: number): Buffer => padded(aPng(), length)

/** A PNG that breaks off in the middle. */
export function aTruncatedPng(): Buffer {
  const whole = aPngOf(180, 180)
  return whole.subarray(0, Math.floor(whole.length / 2))
}

/** A PNG of some kilobytes that unpacks to 400 million pixels. */
export const aBomb = (): Buffer => aPngOf(20_000, 20_000, { depth: 1, colours: 'grey' })

/** Files that the cases upload: each one's bytes, and the media type that it says it has. */
export const PICTURES = {
  'a PNG': ['image/png', aPng],
  'a JPEG': ['image/jpeg', () => JPEG],
  'a GIF': ['image/gif', () => aGifOf(1, 120, 120)],
  'a WebP': ['image/webp', () => WEBP],
  'an SVG': ['image/svg+xml', () => Buffer.from(SVG)],
  'a page of HTML': ['text/html', () => Buffer.from(HTML)],
  'a text': ['image/png', () => Buffer.from('a text')],
  'a PDF': ['application/pdf', () => Buffer.from('%PDF-1.7')],
  'an empty file': ['image/png', () => Buffer.alloc(0)],
  'a PNG of 200 × 200 pixels': ['image/png', () => aPngOf(200, 200)],
  'a PNG of 201 × 201 pixels': ['image/png', () => aPngOf(201, 201)],
  'a PNG that is not square': ['image/png', () => aPngOf(120, 119)],
  'a PNG of 2 MB': ['image/png', () => aPngOfBytes(2 * MB)],
  'a PNG of 2 MB and a byte': ['image/png', () => aPngOfBytes(2 * MB + 1)],
  'a JPEG of 1 MB and a byte': ['image/jpeg', () => padded(JPEG, MB + 1)],
  'a file of 10 MB and a byte': ['image/jpeg', () => Buffer.alloc(10 * MB + 1)],
  'a PNG that breaks off': ['image/png', aTruncatedPng],
  'a JPEG that breaks off': ['image/jpeg', () => JPEG.subarray(0, 200)],
  'the head of a PNG alone': ['image/png', () => Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')],
  'a PNG that unpacks to 400 million pixels': ['image/png', aBomb],
  'a PNG of 1 × 39,000,000 pixels': ['image/png', () => aPngOf(1, 39_000_000, { colours: 'grey' })],
  'a GIF of 30,000 frames': ['image/gif', () => aGifOf(30_000, 100, 100)],
  'a JPEG without its last bytes': ['image/jpeg', () => JPEG.subarray(0, -3)],
} as const satisfies Record<string, readonly [mediaType: string, make: () => Buffer]>
export type PictureName = keyof typeof PICTURES

/** A memo: the bytes never change, and some take a second to make. */
const made = new Map<PictureName, Buffer>()

export function makeBytes(is: PictureName): Buffer {
  const bytes = made.get(is) ?? PICTURES[is][1]()
  made.set(is, bytes)
  return bytes
}

/** A picture as a file of a form, with the media type that it says it has. */
export const makeFile = (is: PictureName, mediaType: string = PICTURES[is][0]): Blob =>
  new Blob([new Uint8Array(makeBytes(is))], { type: mediaType })
