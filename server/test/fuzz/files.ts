import { aBomb, aTruncatedPng, HTML, SVG } from 'shenpi-conformance/files/pictures'
import { aPicture } from '../factories.ts'

/** Files for uploads and behind links: pictures and others. */
export const FILES = {
  png: await aPicture(),
  jpeg: await aPicture({ format: 'jpeg' }),
  gif: await aPicture({ format: 'gif', width: 16, height: 16 }),
  oblong: await aPicture({ width: 30, height: 20 }),
  webp: await aPicture({ format: 'webp' }),
  cut: aTruncatedPng(),
  bomb: aBomb(),
  svg: Buffer.from(SVG),
  html: Buffer.from(HTML),
  nothing: Buffer.alloc(0),
  noise: Buffer.from(Array.from({ length: 300 }, (_, index) => (index * 7919) % 251)),
  'half a JPEG': Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.alloc(100, 7)]),
} as const

export type FileName = keyof typeof FILES
