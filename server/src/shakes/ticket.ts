import { type Cipheriv, createCipheriv, createHmac, hash, randomInt, timingSafeEqual } from 'node:crypto'
import { TICKET_LIFETIME_S } from '@shenpi/sdk'

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
const SALT_RANGE = 2 ** (8 * SALT_BYTES)

/**
 * Seals tickets and opens them again; nothing is stored. As in SIV (RFC 5297), a keyed hash of the content is both its
 * proof and the start of the cipher, so there is no nonce to run out of or to repeat.
 * Source: docs/decisions/0010-stateless-tickets.md.
 */
export class TicketSeal {
  readonly #hmac: (content: Buffer) => Buffer
  readonly #ctr: (start: Buffer, content: Buffer) => Buffer
  /** Tells two tickets with the same content apart. */
  #salt = randomInt(SALT_RANGE)

  /** @param secret shared by every server of the installation */
  constructor(secret: string) {
    const derive = (purpose: string) => createHmac('sha256', secret).update(purpose).digest()
    this.#hmac = hmacSha256(derive('ticket proof'))
    this.#ctr = aes256Ctr(derive('ticket cipher'))
  }

  /** Lower-case hex; another one each time, even for the same content. */
  seal(ticket: Ticket): string {
    this.#salt = (this.#salt + 1) % SALT_RANGE
    const content = toBytes(ticket, this.#salt)
    const proof = this.#prove(content)
    return proof.toString('hex') + this.#ctr(proof, content).toString('hex')
  }

  /** What a ticket says, or undefined when it was not sealed here or is older than its life. */
  open(text: string, now: Date): Ticket | undefined {
    if (!/^(?:[0-9a-f]{2}){17,512}$/.test(text)) return undefined
    const bytes = Buffer.from(text, 'hex')
    const proof = bytes.subarray(0, PROOF_BYTES)
    const content = this.#ctr(proof, bytes.subarray(PROOF_BYTES))
    if (!timingSafeEqual(this.#prove(content), proof)) return undefined
    const ticket = fromBytes(content)
    return now.getTime() < ticket.shakenAt.getTime() + TICKET_LIFETIME_S * 1000 ? ticket : undefined
  }

  #prove(content: Buffer): Buffer {
    return this.#hmac(content).subarray(0, PROOF_BYTES)
  }
}

// The two below are node:crypto's HMAC and CTR by other means: a new Hmac and Cipheriv for every ticket cost more than
// the rest of a shake. A test compares them with node's.

const HMAC_BLOCK_BYTES = 64

/** HMAC-SHA256 (RFC 2104). @param key of at most 64 bytes */
export function hmacSha256(key: Buffer): (content: Buffer) => Buffer {
  const padded = (pad: number) => Buffer.from(Array.from({ length: HMAC_BLOCK_BYTES }, (_, at) => (key[at] ?? 0) ^ pad))
  const [inner, outer] = [padded(0x36), padded(0x5c)]
  return (content) =>
    hash('sha256', Buffer.concat([outer, hash('sha256', Buffer.concat([inner, content]), 'buffer')]), 'buffer')
}

const AES_BLOCK_BYTES = 16

/** AES-256 in counter mode (NIST SP 800-38A, 6.5): the blocks of the counter go through one cipher that is kept. */
export function aes256Ctr(key: Buffer): (start: Buffer, content: Buffer) => Buffer {
  const blocks: Cipheriv = createCipheriv('aes-256-ecb', key, null).setAutoPadding(false)
  return (start, content) => {
    const counters = Buffer.allocUnsafe(Math.ceil(content.length / AES_BLOCK_BYTES) * AES_BLOCK_BYTES)
    const counter = Buffer.from(start)
    for (let at = 0; at < counters.length; at += AES_BLOCK_BYTES) {
      counter.copy(counters, at)
      for (let place = AES_BLOCK_BYTES - 1; place >= 0; place -= 1) {
        counter[place] = ((counter[place] ?? 0) + 1) & 0xff
        if (counter[place] !== 0) break
      }
    }
    const stream = blocks.update(counters)
    for (let at = 0; at < content.length; at += 1) stream[at] = (stream[at] ?? 0) ^ (content[at] ?? 0)
    return stream.subarray(0, content.length)
  }
}

function toBytes({ accountId, deviceId, pageId, openid, distance, shakenAt }: Ticket, salt: number): Buffer {
  const bytes = Buffer.alloc(SALT_BYTES + TIME_BYTES + 4 * 8 + Buffer.byteLength(openid))
  bytes.writeUInt32BE(salt)
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
