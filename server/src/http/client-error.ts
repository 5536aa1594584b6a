import type { Socket } from 'node:net'
import { lingerOnClose } from './linger.ts'

/** What HTTP says of them; anything else is a bad request. Not from `node:http`: importing it by name loads its WebSocket. */
const STATUSES: Readonly<Record<string, string>> = {
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
}

/**
 * Answer bytes that are no request, or a head that is too large; the call is not known. The connection ends with the
 * answer, which says so: otherwise the client would send its next request into nothing.
 */
export function answerClientError(error: NodeJS.ErrnoException, socket: Socket): void {
  // Also when more of the same arrives while the connection is closing.
  if (!socket.writable) return
  const status = STATUSES[error.code ?? ''] ?? '400 Bad Request'
  socket.write(`HTTP/1.1 ${status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`)
  lingerOnClose(socket)
  socket.destroySoon()
}
