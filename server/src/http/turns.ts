import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { lingerOnClose } from './linger.ts'
import { hasUnparsed } from './read-in-pieces.ts'

/** Requests that may wait for the one before them. About 4 KB each, and their heads: at most the 64 KB of a read. */
interface WaitingBounds {
  inAll: number
  /** What each connection may have waiting, however many wait in all. */
  ofEach: number
}

/** With 10,000 connections no more than 100,000: 400 MB, and 640 MB where each read is full of long heads. */
const WAITING: WaitingBounds = { inAll: 20_000, ofEach: 8 }

export type Handle = (request: IncomingMessage, response: ServerResponse) => void

interface Turn {
  answering: ServerResponse | undefined
  /** What was read behind it. The socket is not read on meanwhile. */
  waiting: (() => void)[]
}

/**
 * Handles one request of a connection at a time, whatever its client sends without waiting: the next has its turn when the
 * answer before it has left, after those of other connections. A client that does not read its answers waits for itself,
 * and one that sends thousands of requests in a packet has no more of them read until these are answered.
 * Source: docs/decisions/0018-connections.md.
 */
export class Turns {
  readonly #handle: Handle
  readonly #bounds: WaitingBounds
  readonly #turns = new Map<Socket, Turn>()
  #waiting = 0
  #isEnding = false

  constructor(handle: Handle, bounds: WaitingBounds = WAITING) {
    this.#handle = handle
    this.#bounds = bounds
  }

  take(request: IncomingMessage, response: ServerResponse): void {
    const { socket } = request
    // It came behind what ended the connection.
    if (socket.writableEnded || socket.destroyed) return
    const turn = this.#turnOf(socket)
    if (isUnderWay(turn)) this.#wait(socket, turn, () => this.#begin(turn, request, response))
    else this.#begin(turn, request, response)
  }

  /** Do something on a connection when all that was read of it, to the end of a request, is answered. */
  afterAnswers(socket: Socket, work: () => void): void {
    const turn = this.#turns.get(socket)
    if (turn && isUnderWay(turn) && turn.answering?.req.complete) this.#wait(socket, turn, work)
    else work()
  }

  /** From now on the last answer of each connection tells its client that it is the last. */
  end(): void {
    this.#isEnding = true
    for (const [socket, turn] of this.#turns) {
      const { answering } = turn
      if (answering && !answering.headersSent && isLast(socket, turn)) endWith(socket, answering)
    }
  }

  /** Whether a request of the connection is under way, until the last byte of its answer is the system's to send. */
  hasRequest(socket: Socket): boolean {
    const turn = this.#turns.get(socket)
    return turn !== undefined && isUnderWay(turn)
  }

  #turnOf(socket: Socket): Turn {
    const known = this.#turns.get(socket)
    if (known) return known
    const turn: Turn = { answering: undefined, waiting: [] }
    this.#turns.set(socket, turn)
    // The end of each request has the socket read on.
    socket.on('resume', () => turn.waiting.length > 0 && socket.pause())
    let { stackTraceLimit } = Error
    // Node is about to end each request that waits with an error of its own, all at once: 16 ms for a packet full of
    // requests, of which 14 are for stacks that nobody sees.
    socket.prependOnceListener('close', () => {
      stackTraceLimit = Error.stackTraceLimit
      Error.stackTraceLimit = 0
    })
    socket.once('close', () => {
      Error.stackTraceLimit = stackTraceLimit
      this.#turns.delete(socket)
      this.#waiting -= turn.waiting.length
      turn.waiting = []
    })
    return turn
  }

  #begin(turn: Turn, request: IncomingMessage, response: ServerResponse): void {
    turn.answering = response
    if (this.#isEnding && isLast(request.socket, turn)) endWith(request.socket, response)
    this.#handle(request, response)
  }

  #wait(socket: Socket, turn: Turn, begin: () => void): void {
    if (this.#waiting >= this.#bounds.inAll && turn.waiting.length >= this.#bounds.ofEach) {
      socket.destroy()
      return
    }
    this.#waiting += 1
    if (turn.waiting.push(begin) > 1) return
    socket.pause()
    this.#afterAnswer(socket, turn)
  }

  #afterAnswer(socket: Socket, turn: Turn): void {
    turn.answering?.once('close', () => setImmediate(() => this.#next(socket, turn)))
  }

  #next(socket: Socket, turn: Turn): void {
    const begin = turn.waiting.shift()
    if (!begin) return
    this.#waiting -= 1
    begin()
    if (turn.waiting.length > 0) this.#afterAnswer(socket, turn)
    else socket.resume()
  }
}

const isGoing = (response: ServerResponse): boolean => !response.writableFinished && !response.destroyed

const isUnderWay = ({ answering, waiting }: Turn): boolean =>
  waiting.length > 0 || (answering !== undefined && isGoing(answering))

/** Whether nothing that was read of the connection is behind the request that is being answered, parsed or not. */
const isLast = (socket: Socket, { waiting }: Turn): boolean => waiting.length === 0 && !hasUnparsed(socket)

/** Answered this, the client sends no more; what it has sent behind it already is read and dropped. */
function endWith(socket: Socket, response: ServerResponse): void {
  response.setHeader('connection', 'close')
  lingerOnClose(socket)
}
