import type { Socket } from 'node:net'

/** How long a client may go on sending what is refused already, in milliseconds. */
const LINGER_MS = 2000

/**
 * Let the answer arrive although the client is still sending: read and drop what it sends for a while before the connection
 * closes. Closing it at once with unread bytes would reset it, and a reset discards the answer.
 */
export function lingerOnClose(socket: Socket): void {
  socket.destroySoon = () => {
    socket.end()
    setTimeout(() => socket.destroy(), LINGER_MS).unref()
  }
}
