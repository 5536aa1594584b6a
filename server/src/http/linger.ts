import type { Socket } from 'node:net'

/** How long a client may go on sending what is refused already, in milliseconds. */
const LINGER_MS = 2000

/**
 * Let the answer arrive although the client is still sending: what it sends is read and dropped for a while before the
 * connection closes. Closed at once, with bytes unread, it would be reset, and a reset takes the answer along.
 */
export function lingerOnClose(socket: Socket): void {
  socket.destroySoon = () => {
    socket.end()
    setTimeout(() => socket.destroy(), LINGER_MS).unref()
  }
}
