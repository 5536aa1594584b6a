import type { FormPart } from './recording.ts'

const FORMATS = { jpeg: 'image/jpeg', png: 'image/png', gif: 'image/gif', webp: 'image/webp' } as const
type Format = keyof typeof FORMATS

/** A square that every upload takes, where a recording does not tell how large the picture was. Unit: pixels. */
const SIDE = 120
/** What is drawn at the most. Unit: pixels. Larger ones are drawn in this size: it is their bytes that are refused. */
const PIXELS_MAX = 40_000_000

const isFormat = (text: string): text is Format => Object.hasOwn(FORMATS, text)

/**
 * A file of the same shape as a recorded one, of which there are no bytes: its format, its size in pixels, and its length in
 * bytes where the picture itself is not longer. A picture is one grey; a file that is no picture is of zeros.
 */
export async function toSampleFile({ type, bytes, format = formatOf(type), width, height }: FormPart): Promise<Blob> {
  const content = isFormat(format) ? await draw(format, width ?? SIDE, height ?? SIDE) : Buffer.alloc(bytes ?? 0)
  // What stands behind the end of a picture no decoder minds.
  const padding = Buffer.alloc(Math.max(0, (bytes ?? 0) - content.length))
  return new Blob([new Uint8Array(content), padding], { type: type ?? '' })
}

/** What a file says it is, where nobody has looked at its content, as in a HAR. */
function formatOf(type: string | undefined): string {
  return Object.entries(FORMATS).find(([, mediaType]) => mediaType === type)?.[0] ?? (type ? '' : 'png')
}

async function draw(format: Format, width: number, height: number): Promise<Buffer> {
  const { default: sharp } = await import('sharp')
  const size = width * height > PIXELS_MAX ? { width: SIDE, height: SIDE } : { width, height }
  return await sharp({ create: { ...size, channels: 3, background: 'grey' } })
    .toFormat(format)
    .toBuffer()
}
