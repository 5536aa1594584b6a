import type { Agent, ClientRequest, IncomingMessage, RequestOptions } from 'node:http'
import { request as https } from 'node:https'
import { http } from '../node-http.ts'
import { codeOf } from '../thrown.ts'
import { OutboundRefused } from './outbound-refused.ts'
import type { WebAddress } from './web-address.ts'

export interface Message {
  method: 'GET' | 'POST'
  headers: Record<string, string>
  body?: string | Buffer
  /** The largest body that is taken as an answer. */
  maxBytes: number
}

export interface Answer {
  status: number
  /** Names in lower case; a repeated header's values joined by commas. */
  headers: Record<string, string>
  body: Buffer
}

/** What a connection says that its other side closed while it was idle. */
const CLOSED_MEANWHILE = new Set(['ECONNRESET', 'EPIPE'])

/**
 * Send one message and read its answer.
 *
 * A connection that was kept may have been closed just before: then, and if nothing was answered, the message is sent once
 * more over a fresh one. What is sent from here may be repeated, as deliveries are.
 *
 * @param freshAgent one without connections of its own
 * @throws OutboundRefused `connect`, `too_large`
 */
export async function exchange(
  address: WebAddress,
  message: Message,
  { agent, freshAgent, signal }: { agent: Agent; freshAgent: () => Agent; signal: AbortSignal },
): Promise<Answer> {
  const first = begin(address, message, { agent, signal })
  try {
    return await answerTo(first, message.maxBytes)
  } catch (error) {
    if (!wasClosedMeanwhile(first, error) || signal.aborted) throw toRefusal(error, address.url)
  }
  const second = begin(address, message, { agent: freshAgent(), signal })
  return await answerTo(second, message.maxBytes).catch((error) => {
    throw toRefusal(error, address.url)
  })
}

interface Sent {
  request: ClientRequest
  response: Promise<IncomingMessage>
  answered: boolean
}

/** @throws TypeError when the message cannot be written: a fault of ours. */
function begin({ url, target }: WebAddress, { method, headers, body }: Message, options: RequestOptions): Sent {
  const send = url.protocol === 'https:' ? https : http.request
  const hostname = url.hostname.replace(/^\[(.*)\]$/, '$1')
  const request = send({ ...options, method, headers, hostname, port: url.port, path: target })
  const { promise: response, resolve, reject } = Promise.withResolvers<IncomingMessage>()
  const sent = { request, response, answered: false }
  // The listener stays: a connection may break at any time after the answer, too.
  request.on('error', reject)
  request.on('response', (message) => {
    sent.answered = true
    resolve(message)
  })
  request.on('upgrade', (_message, socket) => {
    socket.destroy()
    reject(new OutboundRefused('connect', `${hostname} changed to another protocol.`))
  })
  request.on('close', () => reject(new Error('closed without an answer')))
  request.end(body)
  return sent
}

async function answerTo({ response }: Sent, maxBytes: number): Promise<Answer> {
  const message = await response
  const body = await readBody(message, maxBytes)
  return { status: message.statusCode ?? 0, headers: joinValues(message.headers), body }
}

function wasClosedMeanwhile({ request, answered }: Sent, error: unknown): boolean {
  return request.reusedSocket && !answered && CLOSED_MEANWHILE.has(codeOf(error) ?? '')
}

async function readBody(body: AsyncIterable<Buffer>, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of body) {
    size += chunk.length
    if (size > maxBytes) throw new OutboundRefused('too_large', `The answer has more than ${maxBytes} bytes.`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function joinValues(headers: IncomingMessage['headers']): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value].flat().join(', ')]))
}

function toRefusal(error: unknown, url: URL): unknown {
  if (error instanceof OutboundRefused || !(error instanceof Error)) return error
  const message = `The connection to ${url.hostname} failed (${codeOf(error) ?? error.name}).`
  return new OutboundRefused('connect', message, { cause: error })
}
