import { createCipheriv, createHmac, createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto'
import { TICKET_LIFETIME_S } from '@shenpi/sdk/contract/wire'
import type { Entropy } from '../entropy/entropy.ts'
import type { Clock } from '../time/clock.ts'

/** What a ticket says: which page was shown to whom, and the beacon that brought it. */
export interface Ticket {
  accountId: number
  deviceId: number
  pageId: number
  openid: string
  /** Metres, to the millimetre. */
  distance: number
  shakenAt: Date
}

const PROOF_BYTES = 16
const TIME_BYTES = 6
const SALT_BYTES = 4

/**
 * Seals tickets and opens them again; nothing is stored. As in SIV (RFC 5297), a keyed hash of the content is both its
 * proof and the start of the cipher, so there is no nonce to run out of or to repeat.
 * Source: docs/decisions/0010-stateless-tickets.md.
 */
export class TicketSeal {
  // Key objects, and not their bytes: with bytes node:crypto makes an object of them each time, which costs five times as much.
  readonly #proofKey: KeyObject
  readonly #cipherKey: KeyObject

  /** @param secret shared by every server of the installation */
  constructor(secret: string) {
    const derive = (purpose: string) => createSecretKey(createHmac('sha256', secret).update(purpose).digest())
    this.#proofKey = derive('ticket proof')
    this.#cipherKey = derive('ticket cipher')
  }

  /** Lower-case hex; another one each time, even for the same content. */
  seal(ticket: Ticket, entropy: Entropy): string {
    const content = toBytes(ticket, entropy.draw(ticket.accountId, 'ticket', SALT_BYTES))
    const proof = prove(this.#proofKey, content)
    return proof.toString('hex') + crypt(this.#cipherKey, proof, content).toString('hex')
  }

  /** What a ticket says, or undefined when it was not sealed here or is older than its life. */
  open(text: string, clock: Pick<Clock, 'now'>): Ticket | undefined {
    if (!/^(?:[0-9a-f]{2}){17,512}$/.test(text)) return undefined
    const bytes = Buffer.from(text, 'hex')
    const proof = bytes.subarray(0, PROOF_BYTES)
    const content = crypt(this.#cipherKey, proof, bytes.subarray(PROOF_BYTES))
    if (!timingSafeEqual(prove(this.#proofKey, content), proof)) return undefined
    const ticket = fromBytes(content)
    return clock.now(ticket.accountId).getTime() < ticket.shakenAt.getTime() + TICKET_LIFETIME_S * 1000
      ? ticket
      : undefined
  }
}

/** HMAC-SHA-256, truncated to 128 bits. Source: RFC 2104, RFC 4231. */
export function prove(key: KeyObject, content: Buffer): Buffer {
  return createHmac('sha256', key).update(content).digest().subarray(0, PROOF_BYTES)
}

/** AES-256 in counter mode, in which encrypting and decrypting are the same. Source: NIST SP 800-38A. */
export function crypt(key: KeyObject, counter: Buffer, content: Buffer): Buffer {
  return createCipheriv('aes-256-ctr', key, counter).update(content)
}

function toBytes({ accountId, deviceId, pageId, openid, distance, shakenAt }: Ticket, salt: Buffer): Buffer {
  const bytes = Buffer.alloc(SALT_BYTES + TIME_BYTES + 4 * 8 + Buffer.byteLength(openid))
  bytes.set(salt)
  let at = bytes.writeUIntBE(shakenAt.getTime(), SALT_BYTES, TIME_BYTES)
  for (const number of [accountId, deviceId, pageId, Math.round(distance * 1000)]) at = writeNumber(bytes, number, at)
  return bytes.subarray(0, at + bytes.write(openid, at))
}

function fromBytes(content: Buffer): Ticket {
  let at = SALT_BYTES + TIME_BYTES
  const next = () => {
    let value = 0
    for (let scale = 1; ; scale *= 0x80) {
      const byte = content[at++] ?? 0
      value += (byte & 0x7f) * scale
      if (byte < 0x80) return value
    }
  }
  const [accountId, deviceId, pageId, millimetres] = [next(), next(), next(), next()]
  const shakenAt = new Date(content.readUIntBE(SALT_BYTES, TIME_BYTES))
  return { accountId, deviceId, pageId, distance: millimetres / 1000, openid: content.toString('utf8', at), shakenAt }
}

/** Seven bits a byte, the lowest first: small numbers make a short ticket. */
function writeNumber(bytes: Buffer, value: number, start: number): number {
  let at = start
  let rest = value
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes[at++] = (rest % 0x80) | 0x80
  bytes[at++] = rest
  return at
}
