/** too_large: the file; type: another format; unreadable: it is damaged, or takes too much to unpack. */
export type PictureFault = 'too_large' | 'type' | 'unreadable'

/** Why a picture is not taken. The message tells what was seen, and the limit where there is one. */
export class PictureRefused extends Error {
  readonly fault: PictureFault
  constructor(fault: PictureFault, message: string) {
    super(message)
    this.name = 'PictureRefused'
    this.fault = fault
  }
}

/** @throws PictureRefused `too_large`, unless a file's `size` in bytes is within the limit */
export function refuseLarge(limit: number, size: number): void {
  if (size <= limit) return
  const most = `at most ${limit} (${limit / 1024 / 1024} MB) are taken`
  throw new PictureRefused('too_large', `the picture has ${size} bytes, ${most}`)
}

/** @throws PictureRefused `unreadable` that tells limit and value: "the picture has 3 frames, at most 2 are taken". */
export function refuseAbove(limit: number, value: number, unit: string): void {
  if (value <= limit) return
  throw new PictureRefused('unreadable', `the picture has ${value} ${unit}, at most ${limit} are taken`)
}
