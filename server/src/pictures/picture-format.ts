const MEDIA_TYPES = { jpeg: 'image/jpeg', png: 'image/png', gif: 'image/gif' } as const
export type PictureFormat = keyof typeof MEDIA_TYPES

/** What Shake Nearby takes. Source: docs/protocol/shakearound.md, material/add, field `media`. */
export const MATERIAL_FORMATS: readonly PictureFormat[] = ['jpeg', 'png', 'gif']
/** What the shop calls take. Source: docs/protocol/shops.md, pictures. */
export const SHOP_FORMATS: readonly PictureFormat[] = ['jpeg', 'png']
/** What a photo of a store may be. Source: docs/protocol/stores.md, media/uploadimg. */
export const STORE_FORMATS: readonly PictureFormat[] = ['jpeg']

export const mediaTypeOf = (format: PictureFormat): string => MEDIA_TYPES[format]

const NAMES: Record<PictureFormat, string> = { jpeg: 'a JPEG picture', png: 'a PNG picture', gif: 'a GIF picture' }

interface Sign {
  at?: number
  text: string
}

/** How files of each format begin, as Latin-1. */
const SIGNS: Record<PictureFormat, readonly Sign[]> = {
  jpeg: [{ text: '\xff\xd8\xff' }],
  png: [{ text: '\x89PNG\r\n\x1a\n' }],
  gif: [{ text: 'GIF87a' }, { text: 'GIF89a' }],
}
const FORMATS = ['jpeg', 'png', 'gif'] as const

/** Other formats that people upload, so that a refusal can name them: the first that fits. */
const OTHERS: readonly (Sign & { name: string })[] = [
  { at: 8, text: 'WEBP', name: 'a WebP picture' },
  { at: 4, text: 'ftypavi', name: 'an AVIF picture' },
  { at: 4, text: 'ftyphe', name: 'a HEIC picture' },
  { at: 4, text: 'ftypmif1', name: 'a HEIC picture' },
  { at: 4, text: 'ftyp', name: 'a video' },
  { text: 'II*\0', name: 'a TIFF picture' },
  { text: 'MM\0*', name: 'a TIFF picture' },
  { text: 'BM', name: 'a BMP picture' },
  { text: '%PDF', name: 'a PDF document' },
  { text: 'PK\x03\x04', name: 'a ZIP archive' },
]
const MARKUP: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/<svg\b/i, 'an SVG picture'],
  [/^\s*<(?:!doctype )?html/i, 'a web page'],
]

/** How much of a file tells what it is. Unit: bytes. */
const BEGINNING_BYTES = 256

const beginningOf = (bytes: Buffer): string => bytes.toString('latin1', 0, BEGINNING_BYTES)
const isAt =
  (beginning: string) =>
  ({ at = 0, text }: Sign): boolean =>
    beginning.startsWith(text, at)

/** The format of the bytes, whatever their name, link or part declares. */
export function formatOf(bytes: Buffer): PictureFormat | undefined {
  const fits = isAt(beginningOf(bytes))
  return FORMATS.find((format) => SIGNS[format].some(fits))
}

/** What the bytes are, in words: "a WebP picture". */
export function describeFile(bytes: Buffer): string {
  const format = formatOf(bytes)
  if (format) return NAMES[format]
  const beginning = beginningOf(bytes)
  const other = OTHERS.find(isAt(beginning))?.name
  return other ?? MARKUP.find(([pattern]) => pattern.test(beginning))?.[1] ?? 'no picture'
}

const LISTED = new Intl.ListFormat('en-GB', { type: 'conjunction' })

/** The formats in a sentence: "JPEG, PNG and GIF are taken". */
export const sayTaken = (formats: readonly PictureFormat[]): string =>
  `${LISTED.format(formats.map((format) => format.toUpperCase()))} ${formats.length > 1 ? 'are' : 'is'} taken`
