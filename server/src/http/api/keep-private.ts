import type { FastifyReply, FastifyRequest } from 'fastify'

/** Who signs out leaves nothing behind in the browser's cache, and nothing is taken for what it is not. */
export const PRIVATE_HEADERS = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' } as const

/** Before anything else: an answer that may be kept says so itself. */
export function keepPrivate(_request: FastifyRequest, reply: FastifyReply, done: () => void): void {
  reply.headers(PRIVATE_HEADERS)
  done()
}
