import { readdirSync } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { extname, join } from 'node:path'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { etagOf, type Made, sendMade } from './document.ts'

const DIST = join(import.meta.dirname, '../../../console/dist')
const INDEX = 'index.html'
const YEAR_S = 365 * 24 * 60 * 60

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
}

const POLICY = [
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; worker-src 'self'",
  "font-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  "require-trusted-types-for 'script'; trusted-types 'none'",
].join('; ')

const HEADERS = {
  'content-security-policy': POLICY,
  'cross-origin-opener-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
} as const

const NOT_BUILT = `<!doctype html>
<html lang="en">
  <meta charset="utf-8">
  <title>Shenpi</title>
  <h1>The console is not built</h1>
  <p>Its toolchain was not installed. In the folder of Shenpi run <code>npm ci</code>, which builds it, and look again.</p>
  <p>Until then: <code>npx shenpi applications</code>, or the <a href="/api/docs">native API</a>.</p>
</html>
`

/** What was built, read when it is first asked for. */
let built: { at: number; names: ReadonlySet<string>; files: Map<string, Promise<Made>> } | undefined

/** Answer a path below `/console/`: a file, or for every other path the page, whose links are its own. */
export async function sendConsoleFile(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const now = await findBuilt()
  if (!now) return reply.code(503).headers(HEADERS).type('text/html; charset=utf-8').send(NOT_BUILT)
  const asked = request.url.slice('/console/'.length).split('?')[0] ?? ''
  const name = now.names.has(asked) ? asked : INDEX
  // A file of an older build is gone: the page in its place would be run as a script.
  if (name === INDEX && asked.startsWith('assets/')) {
    return reply.code(404).headers(HEADERS).type('text/plain; charset=utf-8').send('There is no such file.')
  }
  const { files } = now
  const made =
    files.get(name) ??
    read(join(DIST, name)).catch((error) => {
      // While it is built anew, or without a free file: the next one who asks reads again.
      files.delete(name)
      throw error
    })
  files.set(name, made)
  const type = TYPES[extname(name)] ?? 'application/octet-stream'
  // The names of all others tell what is in them.
  const caching = name === INDEX ? 'no-cache' : `public, max-age=${YEAR_S}, immutable`
  return sendMade(await made, { type, headers: { ...HEADERS, 'cache-control': caching } }, request, reply)
}

async function read(file: string): Promise<Made> {
  const [plain, gzip, br] = await Promise.all(['', '.gz', '.br'].map((suffix) => readFile(file + suffix)))
  if (!plain || !gzip || !br) throw new Error(`the build has no ${file}`)
  return { etag: etagOf(plain), plain, gzip, br }
}

/** The build that is there now: it may be made again while the server runs. */
async function findBuilt(): Promise<typeof built> {
  const index = await stat(join(DIST, INDEX)).catch(() => undefined)
  if (!index) return undefined
  if (built?.at !== index.mtimeMs) {
    // Of each file there are three, of which it is asked for by one name.
    const files = readdirSync(DIST, { recursive: true, withFileTypes: true }).filter(
      (entry) => entry.isFile() && !/\.(gz|br)$/.test(entry.name),
    )
    const names = files.map(({ parentPath, name }) =>
      join(parentPath, name)
        .slice(DIST.length + 1)
        .replaceAll('\\', '/'),
    )
    built = { at: index.mtimeMs, names: new Set(names), files: new Map() }
  }
  return built
}
