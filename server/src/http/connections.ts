import type { Server } from 'node:http'
import type { Socket } from 'node:net'

/** Connections that are looked at for each new one, at most: those with a request stay. */
const LOOKS_MAX = 100

/**
 * The open connections, from the moment the system hands them over. Node's own list begins after the TLS handshake, and
 * counts a connection as busy that has sent nothing yet, or half a head.
 */
export class Connections {
  readonly #idleClosedFrom: number
  readonly #hasRequest: (socket: Socket) => boolean
  /** In the order in which they were opened or sent their last head. */
  readonly #open = new Set<Socket>()

  /**
   * @param idleClosedFrom so many open, each new one closes that which has been without a request for longest
   * @param hasRequest whether a request of it is under way, until the whole of the answer has left
   */
  constructor(idleClosedFrom: number, hasRequest: (socket: Socket) => boolean) {
    this.#idleClosedFrom = idleClosedFrom
    this.#hasRequest = hasRequest
  }

  watch(server: Server): void {
    server.on('connection', (socket: Socket) => {
      this.#makeRoom()
      this.#add(socket)
    })
    server.on('request', ({ socket }) => {
      if (this.#open.delete(socket)) this.#open.add(socket)
    })
  }

  /** With TLS, requests come from a socket around the first one. It closes that with itself, and does not name it. */
  watchHandshakes(server: Server): void {
    const handshaking = new Map<string, Socket>()
    server.on('connection', (socket: Socket) => {
      const ends = endsOf(socket)
      handshaking.set(ends, socket)
      socket.once('close', () => {
        if (handshaking.get(ends) === socket) handshaking.delete(ends)
      })
    })
    server.on('secureConnection', (socket: Socket) => {
      const inner = handshaking.get(endsOf(socket))
      if (inner) this.#open.delete(inner)
      this.#add(socket)
    })
  }

  /** Close those without a request, except those that close as soon as their last answer has arrived. */
  closeIdle(): void {
    for (const socket of this.#open) if (!socket.writableEnded && !this.#hasRequest(socket)) socket.destroy()
  }

  closeAll(): void {
    for (const socket of this.#open) socket.destroy()
  }

  #add(socket: Socket): void {
    this.#open.add(socket)
    socket.once('close', () => this.#open.delete(socket))
  }

  #makeRoom(): void {
    if (this.#open.size < this.#idleClosedFrom) return
    let looks = 0
    for (const socket of this.#open) {
      this.#open.delete(socket)
      if (!this.#hasRequest(socket)) {
        socket.destroy()
        return
      }
      this.#open.add(socket)
      looks += 1
      if (looks === LOOKS_MAX) return
    }
  }
}

/** No two connections have the same. */
const endsOf = ({ remoteAddress, remotePort, localAddress }: Socket): string =>
  `${remoteAddress} ${remotePort} ${localAddress}`
