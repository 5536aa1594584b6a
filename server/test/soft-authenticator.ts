import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'

const sha256 = (bytes: string | Buffer) => createHash('sha256').update(bytes).digest()

/** CBOR as far as an authenticator needs it. Source: RFC 8949. */
function cbor(value: number | string | Buffer | Map<number | string, unknown>): Buffer {
  if (typeof value === 'number') return value >= 0 ? head(0, value) : head(1, -1 - value)
  if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)])
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value])
  const pairs = [...value].flatMap(([key, member]) => [cbor(key), cbor(member as never)])
  return Buffer.concat([head(5, value.size), ...pairs])
}

function head(major: number, argument: number): Buffer {
  if (argument < 24) return Buffer.from([(major << 5) | argument])
  if (argument < 256) return Buffer.from([(major << 5) | 24, argument])
  return Buffer.from([(major << 5) | 25, argument >> 8, argument & 255])
}

const PRESENT = 0x01
const VERIFIED = 0x04
const HAS_KEY = 0x40

interface Asked {
  challenge: string
  rp?: { id: string }
  rpId?: string
}

/** An authenticator with one passkey, made of node:crypto alone: what a browser would hand on. */
export class SoftAuthenticator {
  readonly #keys = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  readonly id = randomBytes(16)
  counter = 0
  /** Whether the person showed a finger, a face or a PIN. */
  verifies = true

  readonly #origin: string

  /** @param origin of the page that asks */
  constructor(origin: string) {
    this.#origin = origin
  }

  create({ challenge, rp }: Asked) {
    const { x = '', y = '' } = this.#keys.publicKey.export({ format: 'jwk' })
    // COSE, RFC 9053: a key on P-256 for ES256.
    const key = cbor(
      new Map<number, unknown>([
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, Buffer.from(x, 'base64url')],
        [-3, Buffer.from(y, 'base64url')],
      ]),
    )
    const length = Buffer.alloc(2)
    length.writeUInt16BE(this.id.length)
    const authData = Buffer.concat([this.#data(rp?.id ?? '', HAS_KEY), Buffer.alloc(16), length, this.id, key])
    const statement = new Map<string, unknown>([
      ['fmt', 'none'],
      ['attStmt', new Map()],
      ['authData', authData],
    ])
    return this.#credential({
      clientDataJSON: this.#client('webauthn.create', challenge),
      attestationObject: cbor(statement),
    })
  }

  get({ challenge, rpId = '' }: Asked) {
    this.counter += 1
    const authenticatorData = this.#data(rpId, 0)
    const clientDataJSON = this.#client('webauthn.get', challenge)
    const signed = Buffer.concat([authenticatorData, sha256(clientDataJSON)])
    return this.#credential({
      clientDataJSON,
      authenticatorData,
      signature: sign('sha256', signed, this.#keys.privateKey),
    })
  }

  #data(rpId: string, flags: number): Buffer {
    const counter = Buffer.alloc(4)
    counter.writeUInt32BE(this.counter)
    return Buffer.concat([sha256(rpId), Buffer.from([flags | PRESENT | (this.verifies ? VERIFIED : 0)]), counter])
  }

  #client(type: string, challenge: string): Buffer {
    return Buffer.from(JSON.stringify({ type, challenge, origin: this.#origin, crossOrigin: false }))
  }

  #credential(response: Record<string, Buffer>) {
    const texts = Object.entries(response).map(([name, bytes]) => [name, bytes.toString('base64url')])
    const id = this.id.toString('base64url')
    return {
      id,
      rawId: id,
      type: 'public-key',
      response: Object.fromEntries(texts),
      clientExtensionResults: {},
      authenticatorAttachment: 'platform',
    }
  }
}
