import type { IncomingMessage } from 'node:http'
import { aPngOfBytes, aTruncatedPng, HTML, SVG } from 'shenpi-conformance/files/pictures'
import { aPicture } from '../factories.ts'
import { type Listener, listen } from '../listener.ts'

/** The answer for a path: status, body and headers. */
export type Page = () => Promise<[status: number, body: Buffer | string, headers?: Record<string, string>]>

/** A merchant's web server with pictures and other files. */
export interface Site extends Listener {
  url: string
  /** Paths that were asked for, oldest first. */
  visits: string[]
  pages: Record<string, Page>
}

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

const PAGES: Record<string, Page> = {
  '/picture': async () => [200, await aPicture({ format: 'jpeg' })],
  '/named-wrongly.txt': async () => [200, await aPicture(), { 'content-type': 'text/html' }],
  '/missing': async () => [404, await aPicture()],
  '/broken': async () => [500, await aPicture()],
  '/moved': async () => [302, '', { location: '/far' }],
  '/far': async () => [301, '', { location: 'nearer' }],
  '/nearer': async () => [307, '', { location: '/near' }],
  '/near': async () => [302, '', { location: '/picture' }],
  '/page': async () => [200, HTML, { 'content-type': 'image/png' }],
  '/svg': async () => [200, SVG, { 'content-type': 'image/svg+xml' }],
  '/webp': async () => [200, await aPicture({ format: 'webp' })],
  '/gif': async () => [200, await aPicture({ format: 'gif' })],
  '/cut': async () => [200, aTruncatedPng()],
  '/huge': async () => [200, aPngOfBytes(2 * 1024 * 1024 + 1)],
}

export async function startSite(): Promise<Site> {
  const visits: string[] = []
  const pages = { ...PAGES }
  const listener = await listen(async ({ url = '/' }: IncomingMessage, response) => {
    visits.push(url)
    const [status, body, headers] = (await pages[url]?.()) ?? [404, '']
    response.writeHead(status, headers).end(body)
  })
  return { ...listener, url: `http://127.0.0.1:${listener.port}`, visits, pages }
}
