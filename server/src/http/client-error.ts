import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { lingerOnClose } from './linger.ts'

/** What HTTP says of them; anything else is a 400. */
const STATUSES: Readonly<Record<string, number>> = { ERR_HTTP_REQUEST_TIMEOUT: 408, HPE_HEADER_OVERFLOW: 431 }

/**
 * Answer what is no request, or whose head is too large: which call it was meant for is not known. The connection ends
 * with it, and the answer says so: a client that was not told would send its next request into nothing.
 */
export function answerClientError(error: NodeJS.ErrnoException, socket: Socket): void {
  // Also when more of the same arrives while the connection is closing.
  if (!socket.writable) return
  const status = STATUSES[error.code ?? ''] ?? 400
  socket.write(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`)
  lingerOnClose(socket)
  socket.destroySoon()
}
