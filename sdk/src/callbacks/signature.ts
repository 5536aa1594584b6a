import { createHash } from 'node:crypto'

/**
 * Sign a message's parts, whose order does not matter: SHA-1 over them, sorted and joined, in hexadecimal.
 * Sorting is by character code; every part is ASCII, where this is the order of the bytes too.
 *
 * Source: docs/protocol/callbacks.md: `signature` takes token, timestamp and nonce; `msg_signature` also the
 * encrypted message.
 */
export function sign(parts: readonly string[]): string {
  return createHash('sha1').update(parts.toSorted().join('')).digest('hex')
}
