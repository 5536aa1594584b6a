import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { decryptMessage, sign } from '@shenpi/sdk/callbacks'
import { api } from '@shenpi/sdk/contract/api'
import type { CallbackFormat, CallbackMode } from '@shenpi/sdk/contract/states'
import { XMLParser } from 'fast-xml-parser'
import type { TestServer, WireClient } from './start-server.ts'

/** A callback as a merchant's server reads it. */
export interface ReceivedCallback {
  query: Record<string, string>
  contentType: string
  /** The body as it came. */
  body: string
  /** The message, decrypted where it was encrypted. */
  // biome-ignore lint/suspicious/noExplicitAny: a test looks at whatever arrives
  message: any
}

export interface ReceiverAnswer {
  status: number
  body: string
  /** Never answer. */
  hang?: boolean
}

export interface Receiver extends AsyncDisposable {
  url: string
  token: string
  encodingAesKey: string
  received: ReceivedCallback[]
  /** The callback number `count`, as soon as it is there. */
  waitFor(count: number): Promise<ReceivedCallback>
  /** What the next callbacks are answered; at first `success`. */
  answer: (callback: ReceivedCallback, count: number) => ReceiverAnswer
}

const TOKEN = 'ReceiverToken'
const AES_KEY = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG'

/** A merchant's server: a real one, on a free port, that checks every signature and answers the verification. */
export async function startReceiver(): Promise<Receiver> {
  let arrived = () => {}
  const receiver: Receiver = {
    url: '',
    token: TOKEN,
    encodingAesKey: AES_KEY,
    received: [],
    answer: () => ({ status: 200, body: 'success' }),
    async waitFor(count) {
      while (receiver.received.length < count) {
        const { promise, resolve } = Promise.withResolvers<void>()
        arrived = resolve
        await promise
      }
      return receiver.received[count - 1] as ReceivedCallback
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
  const server = createServer(async (request, response) => {
    const query = Object.fromEntries(new URL(request.url ?? '/', 'http://receiver').searchParams)
    const { timestamp = '', nonce = '' } = query
    if (query.signature !== sign([TOKEN, timestamp, nonce])) {
      response.writeHead(403).end('bad signature')
      return
    }
    if (request.method === 'GET') {
      response.end(query.echostr)
      return
    }
    const body = await readBody(request)
    const callback = {
      query,
      contentType: request.headers['content-type'] ?? '',
      body,
      message: readMessage(query, body),
    }
    receiver.received.push(callback)
    const answer = receiver.answer(callback, receiver.received.length)
    arrived()
    if (!answer.hang) response.writeHead(answer.status).end(answer.body)
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  receiver.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/callback`
  return receiver
}

/** Have an account called back at the receiver. */
export async function callBackTo(
  server: TestServer,
  { appid }: WireClient,
  { url, token, encodingAesKey: encoding_aes_key }: Receiver,
  { mode = 'plain', format = 'xml' }: { mode?: CallbackMode; format?: CallbackFormat } = {},
): Promise<void> {
  await server.api.call(api.setCallback, { params: { appid }, body: { url, token, encoding_aes_key, mode, format } })
}

function readMessage(query: Record<string, string>, body: string): unknown {
  const outer = parse(body)
  if (query.encrypt_type !== 'aes') return outer
  const { timestamp = '', nonce = '', msg_signature } = query
  if (msg_signature !== sign([TOKEN, timestamp, nonce, outer.Encrypt])) throw new Error('bad msg_signature')
  return parse(decryptMessage({ encodingAesKey: AES_KEY, ciphertext: outer.Encrypt }).message)
}

// biome-ignore lint/suspicious/noExplicitAny: XML and JSON of any shape
function parse(body: string): any {
  return body.startsWith('<') ? new XMLParser({ ignoreAttributes: true }).parse(body).xml : JSON.parse(body)
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}
