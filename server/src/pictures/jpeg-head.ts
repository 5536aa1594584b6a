import { PARTS_MAX, type PictureHead, rasterBytes } from './picture-head.ts'
import { refuseAbove } from './picture-refused.ts'

/** The most passes over a progressive picture. Our choice: encoders write 6 to 20; each costs time for the whole of it. */
const SCANS_MAX = 40
/** Source: the ICC's specification; a part is numbered by one byte. */
const PROFILE_PARTS_MAX = 255
/** What a coefficient of a picture takes that is decoded in more than one pass, in bytes. */
const COEFFICIENT_BYTES = 2
/** What a pixel costs to decode and to write. Unit: that of `PictureHead.cost`. */
const PIXEL_COST = 2

/** Markers. Source: ITU-T T.81, table B.1. */
const [SOI, EOI, SOS, COM, TEM, EXIF] = [0xd8, 0xd9, 0xda, 0xfe, 0x01, 0xe1]
const isFrameHead = (marker: number) => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
const isProgressive = (marker: number) => (marker & 0x03) === 2
const isNote = (marker: number) => (marker >= 0xe0 && marker <= 0xef) || marker === COM
const isBare = (marker: number) => marker === SOI || marker === EOI || marker === TEM
/** Whether a byte behind 0xff makes a marker of both: not one of a scan's own, and no filling. */
const isMarker = (byte = 0) => byte !== 0 && byte !== 0xff && !(byte >= 0xd0 && byte <= 0xd7)

/** The notes that colours or the way up depend on: how they begin, and how many of each a picture has. */
const ESSENTIAL_NOTES: ReadonlyMap<number, { begins: string; most: number }> = new Map([
  [0xe0, { begins: 'JFIF\0', most: 1 }],
  [EXIF, { begins: 'Exif\0\0', most: 1 }],
  [0xe2, { begins: 'ICC_PROFILE\0', most: PROFILE_PARTS_MAX }],
  [0xee, { begins: 'Adobe', most: 1 }],
])

interface Segment {
  marker: number
  start: number
  /** Behind it, and behind the data of a scan. */
  end: number
}

interface Frame {
  width: number
  height: number
  components: number
  /** Samples of all components together, for each pixel: 3 without subsampling, 1.5 with the usual one. */
  samples: number
  isProgressive: boolean
}

/** @throws PictureRefused `unreadable` when the picture is written in too many passes or pieces. */
export function readJpeg(bytes: Buffer): PictureHead | undefined {
  const segments = listSegments(bytes)
  const scans = segments.filter(({ marker }) => marker === SOS)
  const head = segments.find(({ marker }) => isFrameHead(marker))
  const frame = head && readFrame(bytes, head.start)
  if (!frame || !scans[0]) return undefined
  refuseAbove(SCANS_MAX, scans.length, 'passes')
  const essential = withoutNotes(bytes, segments)
  const { width, height, components, samples } = frame
  const isBuffered = frame.isProgressive || (bytes[scans[0].start + 4] ?? 0) < components
  // The passes after the first refine what is there already.
  const lacksRows = segments.at(-1)?.marker !== EOI && !(isBuffered && scans.length > 1)
  // To turn a picture, or to count its rows, a decoder needs the whole of it.
  const isWhole = lacksRows || essential.some(({ marker }) => marker === EXIF)
  const coefficients = isBuffered ? width * height * samples * COEFFICIENT_BYTES : 0
  const cost = PIXEL_COST * width * height + rasterBytes(width, height, components, isWhole) + coefficients
  const parts = essential.map(({ start, end }) => bytes.subarray(start, end))
  const essence = Buffer.concat([bytes.subarray(0, 2), ...parts])
  return { width, height, frames: 1, cost, essence, lacksRows }
}

function listSegments(bytes: Buffer): Segment[] {
  const segments: Segment[] = []
  for (let at = 2; at < bytes.length && segments.at(-1)?.marker !== EOI; ) {
    const start = nextMarker(bytes, at)
    if (start === bytes.length) break
    const marker = bytes.readUInt8(start + 1)
    at = endOf(bytes, start, marker)
    segments.push({ marker, start, end: at })
    refuseAbove(PARTS_MAX, segments.length, 'segments')
  }
  return segments
}

function withoutNotes(bytes: Buffer, segments: readonly Segment[]): Segment[] {
  const kept = new Map<number, number>()
  return segments.filter(({ marker, start }) => {
    if (!isNote(marker)) return true
    const { begins, most } = ESSENTIAL_NOTES.get(marker) ?? { begins: '', most: 0 }
    const before = kept.get(marker) ?? 0
    if (before >= most || bytes.toString('latin1', start + 4, start + 4 + begins.length) !== begins) return false
    kept.set(marker, before + 1)
    return true
  })
}

/** The position of the next marker outside the scan's data, or the end of the file. */
function nextMarker(bytes: Buffer, from: number): number {
  for (let at = from; at + 1 < bytes.length; at += 1) {
    if (bytes[at] === 0xff && isMarker(bytes[at + 1])) return at
  }
  return bytes.length
}

function endOf(bytes: Buffer, start: number, marker: number): number {
  if (isBare(marker)) return start + 2
  const end = start + 4 <= bytes.length ? start + 2 + bytes.readUInt16BE(start + 2) : bytes.length
  return marker === SOS ? nextMarker(bytes, end) : Math.min(end, bytes.length)
}

function readFrame(bytes: Buffer, start: number): Frame | undefined {
  const components = bytes[start + 9] ?? 0
  if (start + 10 + 3 * components > bytes.length) return undefined
  const factors = Array.from({ length: components }, (_, index) => bytes.readUInt8(start + 11 + 3 * index))
  const across = (factor: number) => factor >> 4
  const down = (factor: number) => factor & 0x0f
  const area = Math.max(...factors.map(across)) * Math.max(...factors.map(down))
  const sampled = factors.reduce((sum, factor) => sum + across(factor) * down(factor), 0)
  return {
    height: bytes.readUInt16BE(start + 5),
    width: bytes.readUInt16BE(start + 7),
    components,
    samples: area > 0 ? sampled / area : components,
    isProgressive: isProgressive(bytes.readUInt8(start + 1)),
  }
}
