export { type Site, startSite } from 'shenpi-conformance/files/site'

/** Paths that give no picture for the shop, with the reason. */
export const FAILING = {
  '/missing': /HTTP 404/,
  '/broken': /HTTP 500/,
  '/moved': /HTTP 302/,
  '/page': /this is a web page; JPEG and PNG are taken/,
  '/svg': /this is an SVG picture/,
  '/webp': /this is a WebP picture/,
  '/gif': /this is a GIF picture/,
  '/cut': /decode/,
  '/huge': /2097152 bytes/,
} as const

/** The failing paths that may succeed at another attempt. */
export const PASSING: ReadonlySet<string> = new Set(['/broken'])
