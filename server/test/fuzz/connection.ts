import { connect, type Socket } from 'node:net'
import type { WireReply } from '../wire/exchange.ts'
import type { Outgoing } from './mutation.ts'

const HEAD_END = Buffer.from('\r\n\r\n')

/**
 * A client's connection that is kept open, and opened again after an answer ended it. It writes a request byte by byte as
 * it is given, also one that Node's client would refuse to send, and costs a fraction of that one.
 */
export class Connection implements Disposable {
  readonly #port: number
  #socket: Socket | undefined
  #received: Buffer = Buffer.alloc(0)
  #waiting: { resolve: (reply: WireReply) => void; reject: (error: Error) => void } | undefined

  constructor(url: string) {
    this.#port = Number(new URL(url).port)
  }

  /** @throws Error when the server ends the connection instead of answering, or answers what is no HTTP. */
  ask({ method, path, query, headers, body }: Outgoing): Promise<WireReply> {
    this.#socket ??= this.#open()
    const lines = Object.entries({ host: 'fuzz', 'content-length': String(body.length), ...headers })
    const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')
    this.#socket.write(`${method} ${path}${query && `?${query}`} HTTP/1.1\r\n${head}\r\n`, 'latin1')
    this.#socket.write(body)
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject }
    })
  }

  [Symbol.dispose](): void {
    this.#socket?.destroy()
  }

  #open(): Socket {
    const socket = connect({ port: this.#port, host: '127.0.0.1', noDelay: true })
    this.#received = Buffer.alloc(0)
    let reason = new Error('the server ended the connection without an answer')
    socket.on('data', (chunk) => {
      if (socket === this.#socket) this.#read(chunk)
    })
    socket.on('error', (error) => {
      reason = error
    })
    socket.on('close', () => {
      if (socket === this.#socket) this.#end(reason)
    })
    return socket
  }

  #end(reason: Error): void {
    this.#socket?.destroy()
    this.#socket = undefined
    this.#waiting?.reject(reason)
    this.#waiting = undefined
  }

  #read(chunk: Buffer): void {
    this.#received = this.#received.length === 0 ? chunk : Buffer.concat([this.#received, chunk])
    const headEnd = this.#received.indexOf(HEAD_END)
    if (headEnd < 0) return
    const { status, headers } = parseHead(this.#received.toString('latin1', 0, headEnd))
    const body = readBody(headers, this.#received.subarray(headEnd + HEAD_END.length))
    if (body === 'endless') {
      this.#end(new Error('an answer does not say how long it is'))
      return
    }
    if (!body) return
    if (body.rest > 0 || !this.#waiting) {
      this.#end(new Error('more was sent than an answer'))
      return
    }
    const { text } = body
    const { resolve, reject } = this.#waiting
    this.#waiting = undefined
    this.#received = Buffer.alloc(0)
    if (headers.connection === 'close' || isStream(headers)) this.#end(new Error('never told'))
    try {
      const isJson = /[/+]json/.test(headers['content-type'] ?? '') && text
      resolve({ status, headers, text, json: isJson ? JSON.parse(text) : undefined })
    } catch (error) {
      reject(error as Error)
    }
  }
}

/** What an answer holds, and how many bytes came after it. */
type Body = { text: string; rest: number }

/** It does not end by itself: the client leaves when it has heard something. */
const isStream = (headers: Record<string, string>) => headers['content-type'] === 'text/event-stream'

/** @returns nothing while more of it is to come */
function readBody(headers: Record<string, string>, received: Buffer): Body | 'endless' | undefined {
  if (headers['transfer-encoding'] === 'chunked') {
    const { chunks, rest, isWhole } = readChunks(received)
    const isHeard = isStream(headers) && chunks.length > 0
    // A long answer arrives in many pieces: its text is made once, this client holds the server's process as well.
    return isWhole || isHeard ? { text: Buffer.concat(chunks).toString(), rest: isHeard ? 0 : rest } : undefined
  }
  const length = Number(headers['content-length'])
  if (Number.isNaN(length)) return 'endless'
  if (received.length < length) return undefined
  return { text: received.toString('utf8', 0, length), rest: received.length - length }
}

/** Source: RFC 9112, 7.1; without trailers. */
function readChunks(received: Buffer): { chunks: Buffer[]; rest: number; isWhole: boolean } {
  const chunks: Buffer[] = []
  let at = 0
  while (true) {
    const lineEnd = received.indexOf('\r\n', at)
    const size = Number.parseInt(received.toString('latin1', at, Math.max(at, lineEnd)), 16)
    const end = lineEnd + 2 + size + 2
    const isWhole = size === 0
    if (lineEnd < 0 || end > received.length || isWhole) {
      return { chunks, rest: received.length - end, isWhole: isWhole && end <= received.length }
    }
    chunks.push(received.subarray(lineEnd + 2, end - 2))
    at = end
  }
}

function parseHead(head: string): { status: number; headers: Record<string, string> } {
  const [statusLine = '', ...lines] = head.split('\r\n')
  const headers = lines.map((line) => {
    const colon = line.indexOf(':')
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]
  })
  return { status: Number(statusLine.split(' ')[1]), headers: Object.fromEntries(headers) }
}
