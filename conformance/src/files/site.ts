import { once } from 'node:events'
import { createServer } from 'node:http'
import type { Socket } from 'node:net'
import { aPngOfBytes, aTruncatedPng, HTML, makeBytes, SVG } from './pictures.ts'

/** What stands behind a path: status, body and headers. */
export type Page = () => Promise<Served> | Served
type Served = [status: number, body: Buffer | string, headers?: Record<string, string>]

/** A merchant's web server that has pictures, and what is none. */
export interface Site extends AsyncDisposable {
  url: string
  port: number
  /** Every connection ever accepted, oldest first. */
  connections: Socket[]
  /** Paths that were asked for, oldest first. */
  visits: string[]
  pages: Record<string, Page>
}

const PAGES: Record<string, Page> = {
  '/picture': () => [200, makeBytes('a JPEG')],
  '/named-wrongly.txt': () => [200, makeBytes('a PNG'), { 'content-type': 'text/html' }],
  '/missing': () => [404, makeBytes('a PNG')],
  '/broken': () => [500, makeBytes('a PNG')],
  '/moved': () => [302, '', { location: '/far' }],
  '/far': () => [301, '', { location: 'nearer' }],
  '/nearer': () => [307, '', { location: '/near' }],
  '/near': () => [302, '', { location: '/picture' }],
  '/page': () => [200, HTML, { 'content-type': 'image/png' }],
  '/svg': () => [200, SVG, { 'content-type': 'image/svg+xml' }],
  '/webp': () => [200, makeBytes('a WebP')],
  '/gif': () => [200, makeBytes('a GIF')],
  '/cut': () => [200, aTruncatedPng()],
  '/huge': () => [200, aPngOfBytes(2 * 1024 * 1024 + 1)],
}

/** Start the web server. @param host the address that it listens on */
export async function startSite(host = '127.0.0.1'): Promise<Site> {
  const visits: string[] = []
  const pages = { ...PAGES }
  const server = createServer(async ({ url = '/' }, response) => {
    visits.push(url)
    const [status, body, headers] = (await pages[url]?.()) ?? [404, '']
    response.writeHead(status, headers).end(body)
  })
  const connections: Socket[] = []
  server.on('connection', (socket) => connections.push(socket))
  server.listen(0, host)
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    connections,
    visits,
    pages,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
