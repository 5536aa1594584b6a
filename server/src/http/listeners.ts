import { once } from 'node:events'
import type { Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { Server as NetServer, type Socket } from 'node:net'
import { setTimeout as pause, setImmediate as turn } from 'node:timers/promises'
import { http } from '../node-http.ts'
import { Connections } from './connections.ts'
import { type Handle, RequestSequencer } from './request-sequencer.ts'

/** How long a client may take to send a request, its head alone, and to go on reading an answer. Unit: milliseconds. */
const REQUEST_TIMEOUT_MS = 60_000
const HEAD_TIMEOUT_MS = 30_000
const STILL_TIMEOUT_MS = 120_000
/** How long a connection may be without a request, as above: longer than proxies keep theirs. */
const KEEP_ALIVE_MS = 72_000

interface Bounds {
  /** Connections at once; further ones are closed. */
  connections: number
  /** So many open, each new one closes that which has been without a request for longest. */
  idleClosedFrom: number
  /** How long requests that are under way may take to end when the server stops, in milliseconds. */
  drainMs: number
}

const BOUNDS: Bounds = { connections: 10_000, idleClosedFrom: 9000, drainMs: 7000 }

/** How often connections without a request are closed when the server stops, in milliseconds. */
const REAP_MS = 50

/** The sockets that are listened on, for one handler of requests. */
export class Listeners {
  readonly #tls: { cert: Buffer; key: Buffer } | undefined
  readonly #servers: Server[] = []
  readonly #bounds: Bounds
  readonly #connections: Connections
  #sequencer: RequestSequencer | undefined

  constructor(tls: { cert: Buffer; key: Buffer } | undefined, bounds: Partial<Bounds> = {}) {
    this.#tls = tls
    this.#bounds = { ...BOUNDS, ...bounds }
    const hasRequest = (socket: Socket) => this.#sequencer?.hasRequest(socket) ?? false
    this.#connections = new Connections(this.#bounds.idleClosedFrom, hasRequest)
  }

  /** A server, not yet listening: one for each address that a name stands for. */
  create(handle: Handle): Server {
    this.#sequencer ??= new RequestSequencer(handle)
    const sequencer = this.#sequencer
    const options = {
      requestTimeout: REQUEST_TIMEOUT_MS,
      headersTimeout: HEAD_TIMEOUT_MS,
      keepAliveTimeout: KEEP_ALIVE_MS,
      connectionsCheckingInterval: HEAD_TIMEOUT_MS / 6,
    }
    const server = this.#tls
      ? createTlsServer({ ...options, ...this.#tls, handshakeTimeout: HEAD_TIMEOUT_MS })
      : http.createServer(options)
    server.setTimeout(STILL_TIMEOUT_MS)
    server.maxConnections = this.#bounds.connections
    this.#connections.watch(server)
    if (this.#tls) this.#connections.watchHandshakes(server)
    server.on(this.#tls ? 'secureConnection' : 'connection', (socket: Socket) => sequencer.watch(socket))
    server.on('request', (request, response) => sequencer.take(request, response))
    this.#servers.push(server)
    return server
  }

  /** Do something on a connection after the answers to what was read of it. */
  afterAnswers(socket: Socket, work: () => void): void {
    this.#sequencer?.afterAnswers(socket, work)
  }

  /**
   * Stop listening, answer what clients have sent, and close the connections: those without a head at the end of the grace,
   * those with an unfinished request at the end.
   *
   * @param graceMs how long clients that send one request after another have to learn from an answer that it is the last:
   *   closed between two requests, a connection resets the one that is on its way
   */
  async close(graceMs: number): Promise<void> {
    // What was sent before is accepted first.
    await turn()
    const open = this.#servers.filter(({ listening }) => listening)
    const closed = Promise.all(open.map((server) => once(server, 'close')))
    // HTTP's own close would close the connections between two requests, too.
    for (const server of open) NetServer.prototype.close.call(server)
    this.#sequencer?.end()
    const cutOff = setTimeout(() => this.#connections.closeAll(), this.#bounds.drainMs)
    await Promise.race([closed, pause(graceMs, undefined, { ref: false })])
    const reap = setInterval(() => this.#connections.closeIdle(), REAP_MS)
    this.#connections.closeIdle()
    await closed
    clearInterval(reap)
    clearTimeout(cutOff)
  }
}
