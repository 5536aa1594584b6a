import { readFile } from 'node:fs/promises'
import { type IncomingMessage, type OutgoingHttpHeaders, request as pass } from 'node:http'
import { extname, join } from 'node:path'
import { type Listener, listen } from '../listener.ts'

export interface Site extends Listener {
  url: string
  /** The files that were asked for, by their paths below `/app/`. */
  files: string[]
}

export interface SiteOptions {
  /** The URL of the server that everything but `/app/` is passed on to. */
  behind: string
  /** The folder that is served as `/app/`, and with which headers. */
  folder?: string
  headers?: OutgoingHttpHeaders
  /** Waited for before a request is passed on. */
  before?: (request: IncomingMessage) => Promise<void>
  /** Whether the connection breaks once the server has answered this. */
  loses?: (request: IncomingMessage) => boolean
}

const TYPES: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.mjs': 'text/javascript' }

/** An operator's web server: the files of a page, and a Shenpi behind the same origin. */
export async function startSite({ behind, folder = '', headers, before, loses }: SiteOptions): Promise<Site> {
  const files: string[] = []
  const listener = await listen(async (request, response) => {
    const [, file] = /^\/app\/([^?]+)/.exec(request.url ?? '') ?? []
    if (file) {
      files.push(file)
      response.writeHead(200, { ...headers, 'content-type': TYPES[extname(file)] })
      response.end(await readFile(join(folder, file)))
      return
    }
    await before?.(request)
    const passed = pass(`${behind}${request.url}`, { method: request.method, headers: request.headers })
    passed.once('response', (answer) => {
      if (loses?.(request)) response.destroy()
      else answer.pipe(response.writeHead(answer.statusCode ?? 500, answer.headers))
    })
    request.pipe(passed)
  })
  return { ...listener, url: `http://127.0.0.1:${listener.port}`, files }
}
