import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { lingerOnClose } from './linger.ts'
import { PieceReader } from './read-in-pieces.ts'

/** Requests that may wait for the one before them. About 4 KB each, and their heads: at most the 64 KB of a read. */
interface WaitingBounds {
  inAll: number
  /** Waiting requests that each connection may have, however many wait in all. */
  ofEach: number
}

/** With 10,000 connections no more than 100,000: 400 MB, and 640 MB where each read is full of long heads. */
const WAITING: WaitingBounds = { inAll: 20_000, ofEach: 8 }

export type Handle = (request: IncomingMessage, response: ServerResponse) => void

/** What is under way on one connection. */
interface Pipeline {
  answering: ServerResponse | undefined
  /** What was read behind it. The socket is not read on meanwhile. */
  waiting: (() => void)[]
}

/**
 * Handles one request of a connection at a time, whatever its client sends without waiting: the next begins when the
 * answer before it has left, after those of other connections. A client that does not read its answers waits for itself,
 * and one that sends thousands of requests in a packet has no more of them read until these are answered.
 * Source: docs/decisions/0018-connections.md.
 */
export class RequestSequencer {
  readonly #handle: Handle
  readonly #bounds: WaitingBounds
  readonly #pieces = new PieceReader()
  readonly #pipelines = new Map<Socket, Pipeline>()
  #waiting = 0
  #isEnding = false

  constructor(handle: Handle, bounds: WaitingBounds = WAITING) {
    this.#handle = handle
    this.#bounds = bounds
  }

  /** Takes no more of a connection at a time than a few requests. Before anything was read of it. */
  watch(socket: Socket): void {
    this.#pieces.readInPieces(socket)
  }

  take(request: IncomingMessage, response: ServerResponse): void {
    const { socket } = request
    // It came behind what ended the connection.
    if (socket.writableEnded || socket.destroyed) return
    const pipeline = this.#pipelineOf(socket)
    if (isUnderWay(pipeline)) this.#wait(socket, pipeline, () => this.#begin(pipeline, request, response))
    else this.#begin(pipeline, request, response)
  }

  /** Do something on a connection when all that was read of it, to the end of a request, is answered. */
  afterAnswers(socket: Socket, work: () => void): void {
    const pipeline = this.#pipelines.get(socket)
    if (pipeline && isUnderWay(pipeline) && pipeline.answering?.req.complete) this.#wait(socket, pipeline, work)
    else work()
  }

  /** From now on the last answer of each connection tells its client that it is the last. */
  end(): void {
    this.#isEnding = true
    for (const [socket, pipeline] of this.#pipelines) {
      const { answering } = pipeline
      if (answering && !answering.headersSent && this.#isLast(socket, pipeline)) endWith(socket, answering)
    }
  }

  /** Whether a request of the connection is under way, until the last byte of its answer is the system's to send. */
  hasRequest(socket: Socket): boolean {
    const pipeline = this.#pipelines.get(socket)
    return pipeline !== undefined && isUnderWay(pipeline)
  }

  #pipelineOf(socket: Socket): Pipeline {
    const known = this.#pipelines.get(socket)
    if (known) return known
    const pipeline: Pipeline = { answering: undefined, waiting: [] }
    this.#pipelines.set(socket, pipeline)
    // The end of each request has the socket read on.
    socket.on('resume', () => pipeline.waiting.length > 0 && socket.pause())
    let { stackTraceLimit } = Error
    // Node is about to end each request that waits with an error of its own, all at once: 16 ms for a packet full of
    // requests, of which 14 are for stacks that nobody sees.
    socket.prependOnceListener('close', () => {
      stackTraceLimit = Error.stackTraceLimit
      Error.stackTraceLimit = 0
    })
    socket.once('close', () => {
      Error.stackTraceLimit = stackTraceLimit
      this.#pipelines.delete(socket)
      this.#waiting -= pipeline.waiting.length
      pipeline.waiting = []
    })
    return pipeline
  }

  #begin(pipeline: Pipeline, request: IncomingMessage, response: ServerResponse): void {
    pipeline.answering = response
    if (this.#isEnding && this.#isLast(request.socket, pipeline)) endWith(request.socket, response)
    this.#handle(request, response)
  }

  /** Whether nothing that was read of the connection is behind the request that is being answered, parsed or not. */
  #isLast(socket: Socket, { waiting }: Pipeline): boolean {
    return waiting.length === 0 && !this.#pieces.hasUnparsed(socket)
  }

  #wait(socket: Socket, pipeline: Pipeline, begin: () => void): void {
    if (this.#waiting >= this.#bounds.inAll && pipeline.waiting.length >= this.#bounds.ofEach) {
      socket.destroy()
      return
    }
    this.#waiting += 1
    if (pipeline.waiting.push(begin) > 1) return
    socket.pause()
    this.#afterAnswer(socket, pipeline)
  }

  #afterAnswer(socket: Socket, pipeline: Pipeline): void {
    pipeline.answering?.once('close', () => setImmediate(() => this.#next(socket, pipeline)))
  }

  #next(socket: Socket, pipeline: Pipeline): void {
    const begin = pipeline.waiting.shift()
    if (!begin) return
    this.#waiting -= 1
    begin()
    if (pipeline.waiting.length > 0) this.#afterAnswer(socket, pipeline)
    else socket.resume()
  }
}

const isGoing = (response: ServerResponse): boolean => !response.writableFinished && !response.destroyed

const isUnderWay = ({ answering, waiting }: Pipeline): boolean =>
  waiting.length > 0 || (answering !== undefined && isGoing(answering))

/** Answered this, the client sends no more; what it has sent behind it already is read and dropped. */
function endWith(socket: Socket, response: ServerResponse): void {
  response.setHeader('connection', 'close')
  lingerOnClose(socket)
}
