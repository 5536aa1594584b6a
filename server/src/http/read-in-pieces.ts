import type { Socket } from 'node:net'

/** How much of what a connection sent is parsed at a time. Unit: bytes. More than the head of any ordinary request. */
const PIECE_BYTES = 4096

/**
 * Lets HTTP parse a little of a connection at a time. The system hands over up to 64 KB, some 1,500 pipelined requests:
 * parsed at once they delay everybody by a tenth of a second. What follows the first piece waits in the socket, where a
 * pause holds it back.
 */
export class PieceReader {
  /** Connections of which a part of what was read is being parsed at this moment. */
  readonly #inPart = new WeakSet<Socket>()

  /** Whether more was read of a connection than has been parsed. */
  hasUnparsed(socket: Socket): boolean {
    return this.#inPart.has(socket) || socket.readableLength > 0
  }

  /** Once, before anything was read: for Node's HTTP server, which parses in its one listener for data. */
  readInPieces(socket: Socket): void {
    const [parse, ...others] = socket.listeners('data')
    if (!parse || others.length > 0) throw new Error('HTTP reads this connection in another way')
    socket.removeAllListeners('data')
    socket.on('data', (chunk: Buffer) => {
      if (chunk.length <= PIECE_BYTES) {
        parse.call(socket, chunk)
        return
      }
      this.#inPart.add(socket)
      parse.call(socket, chunk.subarray(0, PIECE_BYTES))
      this.#inPart.delete(socket)
      if (socket.destroyed) return
      // Given back while it flows, it would come again at once; after a pause it comes when whoever listens agrees to go on.
      socket.pause()
      socket.unshift(chunk.subarray(PIECE_BYTES))
      socket.resume()
    })
  }
}
