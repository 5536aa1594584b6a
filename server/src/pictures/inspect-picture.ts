/** What a picture may weigh. Unit: bytes. Source: docs/protocol/shops.md, pictures; shakearound.md, material/add. */
export const PICTURE_MAX_BYTES = 2 * 1024 * 1024
/** What a picture may unpack to, so that a small file cannot fill the memory. Unit: pixels. Our choice. */
const PIXELS_MAX = 40_000_000

/**
 * Pictures that are unpacked at once; the next ones wait. One can take 320 MB while it is, however small it came, and
 * all of Node's threads for files would be busy with pictures alone.
 */
const DECODED_AT_ONCE = 2

const MEDIA_TYPES = { jpeg: 'image/jpeg', png: 'image/png', gif: 'image/gif' } as const
export type PictureFormat = keyof typeof MEDIA_TYPES

/** What Shake Nearby takes. Source: docs/protocol/shakearound.md, material/add, field `media`. */
export const MATERIAL_FORMATS: readonly PictureFormat[] = ['jpeg', 'png', 'gif']
/** What the shop calls take. Source: docs/protocol/shops.md, pictures. */
export const SHOP_FORMATS: readonly PictureFormat[] = ['jpeg', 'png']

export interface InspectedPicture {
  bytes: Buffer
  mediaType: string
  width: number
  height: number
}

export type PictureFault = 'too_large' | 'type' | 'unreadable'

/** Why a picture is not taken. */
export class PictureRefused extends Error {
  readonly fault: PictureFault
  constructor(fault: PictureFault, message: string) {
    super(message)
    this.name = 'PictureRefused'
    this.fault = fault
  }
}

/**
 * Look whether bytes are a picture that we take (of one of the formats by content, at most 2 MB, and it really decodes),
 * and write it anew without its metadata: no place and no camera of the merchant's is kept.
 *
 * @param declared the media type that came with it; a picture that says it is another than it is, is refused
 * @throws PictureRefused
 */
export async function inspectPicture(
  bytes: Buffer,
  { formats, declared }: { formats: readonly PictureFormat[]; declared?: string | undefined },
): Promise<InspectedPicture> {
  if (bytes.length > PICTURE_MAX_BYTES) throw new PictureRefused('too_large', 'the picture is larger than 2 MB')
  const format = formatOf(bytes)
  if (!format || !formats.includes(format)) {
    throw new PictureRefused('type', `the file is no picture of these formats: ${formats.join(', ')}`)
  }
  const mediaType = MEDIA_TYPES[format]
  if (declared && !sameType(declared, mediaType)) {
    throw new PictureRefused('type', `the file says ${declared} and is ${mediaType}`)
  }
  const turn = await takeTurn()
  try {
    // Loaded at the first picture: it is a good part of a cold start.
    const { default: sharp } = await import('sharp')
    const { data, info } = await sharp(bytes, {
      limitInputPixels: PIXELS_MAX,
      failOn: 'error',
      animated: format === 'gif',
    })
      .autoOrient()
      .toFormat(format, format === 'jpeg' ? { quality: 92 } : {})
      .toBuffer({ resolveWithObject: true })
    return { bytes: data, mediaType, width: info.width, height: info.pageHeight ?? info.height }
  } catch (error) {
    throw new PictureRefused('unreadable', `the picture does not decode: ${(error as Error).message}`)
  } finally {
    turn.end()
  }
}

let decoding = 0
const waiting: (() => void)[] = []

async function takeTurn(): Promise<{ end(): void }> {
  if (decoding < DECODED_AT_ONCE) decoding += 1
  else await new Promise<void>((resolve) => waiting.push(resolve))
  return {
    // Handed on rather than given back, so that nobody comes in between.
    end() {
      const next = waiting.shift()
      if (next) next()
      else decoding -= 1
    },
  }
}

function formatOf(bytes: Buffer): PictureFormat | undefined {
  if (bytes.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff]))) return 'jpeg'
  if (bytes.subarray(0, 8).equals(Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'))) return 'png'
  if (/^GIF8[79]a/.test(bytes.subarray(0, 6).toString('latin1'))) return 'gif'
  return undefined
}

/** A client that names no type, or only says that these are bytes, has not lied. */
function sameType(declared: string, actual: string): boolean {
  const type = declared.split(';')[0]?.trim().toLowerCase() ?? ''
  if (!type || type === 'application/octet-stream') return true
  return type === actual || (actual === 'image/jpeg' && (type === 'image/jpg' || type === 'image/pjpeg'))
}
