import { createDecipheriv, createHash } from 'node:crypto'
import { EventEmitter, once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { text } from 'node:stream/consumers'
import { XMLParser } from 'fast-xml-parser'
import { messageOf } from '../src/thrown.ts'

const CALLBACK_TIMEOUT_MS = 10_000

/** A request that reached the merchant's server. */
export interface Received {
  method: string
  /** Path and query, as they came. */
  target: string
  body: string
  answer: string
  /** What the body held, decrypted. */
  message: string
  /** The same, read. */
  event: unknown
  /** What is wrong with it. */
  faults: string[]
}

export interface Receiver extends AsyncDisposable {
  url: string
  token: string
  encodingAesKey: string
  /**
   * The next request, also one that has arrived already.
   *
   * @throws Error when none comes.
   */
  next(): Promise<Received>
}

/**
 * A merchant's server. Its signatures and encryption are implemented here once more, from
 * docs/protocol/callbacks.md: the server's own code would agree with itself even where it is wrong.
 */
export async function startReceiver(appid: string): Promise<Receiver> {
  const token = 'DemoMerchantToken'
  const encodingAesKey = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG'
  const received: Received[] = []
  const arrivals = new EventEmitter()

  const server = createServer(async (request, response) => {
    const target = request.url ?? '/'
    const query = new URL(target, 'http://merchant').searchParams
    const { method = '' } = request
    const body = await text(request)
    const opened = method === 'GET' ? verify(query, token) : open(query, body, { token, encodingAesKey, appid })
    const isGood = opened.faults.length === 0
    const answer = isGood ? opened.answer : 'refused'
    response.writeHead(isGood ? 200 : 403).end(answer)
    received.push({ method, target, body, ...opened, answer })
    arrivals.emit('request')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${portOf(server)}/callback`,
    token,
    encodingAesKey,
    async next() {
      if (received.length === 0) {
        const limit = AbortSignal.timeout(CALLBACK_TIMEOUT_MS)
        await once(arrivals, 'request', { signal: limit }).catch(() => {})
      }
      const next = received.shift()
      if (next) return next
      throw new Error(`No request reached the merchant's server within ${CALLBACK_TIMEOUT_MS / 1000} s.`)
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

function portOf(server: Server): number {
  const bound = server.address()
  if (bound === null || typeof bound === 'string') throw new Error('The merchant’s server has no port.')
  return bound.port
}

type Opened = Pick<Received, 'answer' | 'message' | 'event' | 'faults'>

function verify(query: URLSearchParams, token: string): Opened {
  return { answer: query.get('echostr') ?? '', message: '', event: {}, faults: signatureFaults(query, [token]) }
}

function open(
  query: URLSearchParams,
  body: string,
  { token, encodingAesKey, appid }: { token: string; encodingAesKey: string; appid: string },
): Opened {
  try {
    const { Encrypt, ToUserName } = readXml(body)
    const faults = signatureFaults(query, [token])
    if (typeof Encrypt !== 'string' || typeof ToUserName !== 'string')
      throw new Error('the body has no Encrypt or no ToUserName')
    faults.push(...signatureFaults(query, [token, Encrypt], 'msg_signature'))
    const { message, addressee } = decrypt(Encrypt, encodingAesKey)
    if (addressee !== appid) faults.push(`the message is for ${addressee}, this is ${appid}`)
    return { answer: 'success', message, event: readXml(message), faults }
  } catch (error) {
    return { answer: '', message: '', event: {}, faults: [`the body cannot be read: ${messageOf(error)}`] }
  }
}

/** SHA-1 over the sorted parts. */
function signatureFaults(query: URLSearchParams, parts: string[], name = 'signature'): string[] {
  const all = [...parts, query.get('timestamp') ?? '', query.get('nonce') ?? '']
  const expected = createHash('sha1').update(all.sort().join('')).digest('hex')
  return query.get(name) === expected ? [] : [`${name} is ${query.get(name)}, it must be ${expected}`]
}

/** AES-256-CBC: 16 random bytes, the length, the message, the AppID, and padding to blocks of 32. */
function decrypt(encrypted: string, encodingAesKey: string): { message: string; addressee: string } {
  const key = Buffer.from(`${encodingAesKey}=`, 'base64')
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
  const padded = Buffer.concat([decipher.update(encrypted, 'base64'), decipher.final()])
  const plain = padded.subarray(0, padded.length - (padded.at(-1) ?? 0))
  const end = 20 + plain.readUInt32BE(16)
  return { message: plain.toString('utf8', 20, end), addressee: plain.toString('utf8', end) }
}

function readXml(xml: string): Record<string, unknown> {
  return new XMLParser({ ignoreAttributes: true }).parse(xml).xml ?? {}
}
