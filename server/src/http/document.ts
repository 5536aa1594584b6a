import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

/** A text that is the same for everybody. */
interface Document {
  type: string
  headers?: Readonly<Record<string, string>>
  make: () => Promise<string | Buffer | MadeDocument>
}

/** A text, and the headers that follow from it. */
export interface MadeDocument {
  content: string
  headers: Readonly<Record<string, string>>
}

/** A text in the encodings that it is sent in. */
export interface Made {
  etag: string
  plain: Buffer
  gzip: Buffer
  br: Buffer
  headers?: Readonly<Record<string, string>>
}

/** Brotli's quality from 0 to 11: the last two take a second and save next to nothing. */
const BROTLI_QUALITY = 9

/** Serve a document: made and compressed when it is first asked for, and then sent as the same bytes. */
export function serveDocument(app: FastifyInstance, url: string, document: Document): void {
  let made: Promise<Made> | undefined
  app.route({
    method: ['GET', 'HEAD'],
    url,
    handler: async (request, reply) => {
      made ??= make(document).catch((error) => {
        made = undefined
        throw error
      })
      return sendMade(await made, document, request, reply)
    },
  })
}

async function make({ make }: Document): Promise<Made> {
  const { brotliCompress, constants, gzip } = await import('node:zlib')
  const made = await make()
  const { content, headers } =
    typeof made === 'string' || Buffer.isBuffer(made) ? { content: made, headers: undefined } : made
  const plain = Buffer.from(content)
  const params = { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY }
  const [gzipped, br] = await Promise.all([promisify(gzip)(plain), promisify(brotliCompress)(plain, { params })])
  return { etag: etagOf(plain), plain, gzip: gzipped, br, headers }
}

/** A weak one, as it names the text in whatever encoding. */
export const etagOf = (plain: Buffer): string =>
  `W/"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`

/** Send a text as its reader takes it, or only say that it is still the same. */
export function sendMade(
  made: Made,
  { type, headers }: Pick<Document, 'type' | 'headers'>,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  reply.headers({
    etag: made.etag,
    vary: 'accept-encoding',
    'cache-control': 'no-cache',
    'x-content-type-options': 'nosniff',
    ...headers,
    ...made.headers,
  })
  if (isKnown(made.etag, request.headers['if-none-match'])) return reply.code(304).send()
  reply.type(type)
  const encoding = encodingFor(request.headers['accept-encoding'])
  if (!encoding) return reply.send(made.plain)
  return reply.header('content-encoding', encoding).send(made[encoding])
}

/** Source: RFC 9110, section 13.1.2. */
export function isKnown(etag: string, condition: string | undefined): boolean {
  const tags = condition?.split(',').map((tag) => tag.trim()) ?? []
  return tags.some((tag) => tag === '*' || tag.replace(/^W\//, '') === etag.slice(2))
}

/** The smaller one that the client takes; a weight of 0 says that it does not. Source: RFC 9110, section 12.5.3. */
function encodingFor(accepted = ''): 'br' | 'gzip' | undefined {
  const taken = accepted
    .toLowerCase()
    .split(',')
    .filter((coding) => !/;\s*q=0(\.0*)?\s*$/.test(coding))
    .map((coding) => coding.split(';')[0]?.trim())
  if (taken.includes('br')) return 'br'
  return taken.includes('gzip') ? 'gzip' : undefined
}
