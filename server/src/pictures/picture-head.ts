/** What a file tells about its picture before anything is unpacked. */
export interface PictureHead {
  width: number
  height: number
  frames: number
  /**
   * What it takes to unpack the picture and to write it anew. Unit: bytes that a decoder holds, and bytes of time: 5 ns each.
   * Measured with the costliest content for each format, on one core.
   */
  cost: number
  /** The file without what no pixel depends on: texts, thumbnails, what stands behind the end. */
  essence: Buffer
  /** Whether the file ends within the rows of the picture: how many are there only a decoder can say. */
  lacksRows?: boolean
}

/** The most chunks of a PNG or segments of a JPEG that are looked at. Our choice: files of 2 MB have some hundreds. */
export const PARTS_MAX = 10_000

/** Rows of which a decoder holds some while it passes a picture on, row by row: measured, rounded up. */
const ROWS_HELD = 800

/** What a decoder holds of a picture that it passes on row by row, or needs as a whole. Unit: bytes. */
export const rasterBytes = (width: number, height: number, pixelBytes: number, isWhole: boolean): number =>
  width * (isWhole ? height : Math.min(height, ROWS_HELD)) * pixelBytes
