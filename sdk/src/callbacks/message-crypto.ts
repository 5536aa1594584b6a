import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

// Source of the numbers: docs/protocol/callbacks.md, encryption.
const CIPHER = 'aes-256-cbc'
const IV_BYTES = 16
const RANDOM_BYTES = 16
const LENGTH_BYTES = 4
/** Larger than the cipher's own block of 16 bytes, so the padding is done here. */
const PADDING_BLOCK_BYTES = 32

/** Whether this is an EncodingAESKey: base64 of 32 bytes without the `=` at its end, letters and digits alone. */
export function isEncodingAesKey(text: string): boolean {
  return /^[A-Za-z0-9]{43}$/.test(text)
}

export interface MessageToEncrypt {
  encodingAesKey: string
  /** Stands at the end of the plain text; the receiver checks it. */
  appid: string
  message: string
  /** 16 bytes that make equal messages differ. Only a test has a reason to choose them. */
  random?: Uint8Array
}

/**
 * Encrypt a message for a receiver.
 *
 * @returns base64
 * @throws Error when the key is not an EncodingAESKey or `random` not 16 bytes long.
 */
export function encryptMessage({ encodingAesKey, appid, message, random }: MessageToEncrypt): string {
  const salt = random ?? randomBytes(RANDOM_BYTES)
  if (salt.length !== RANDOM_BYTES) throw new Error(`The random bytes must be ${RANDOM_BYTES}, not ${salt.length}.`)
  const content = Buffer.from(message)
  const length = Buffer.alloc(LENGTH_BYTES)
  length.writeUInt32BE(content.length)
  const plain = pad(Buffer.concat([salt, length, content, Buffer.from(appid)]))

  const { key, iv } = keyAndIv(encodingAesKey)
  const cipher = createCipheriv(CIPHER, key, iv).setAutoPadding(false)
  return Buffer.concat([cipher.update(plain), cipher.final()]).toString('base64')
}

/**
 * Read an encrypted message, as its receiver does. The caller compares the appid with its own.
 *
 * @param ciphertext base64
 * @throws Error when the key is not an EncodingAESKey, or the message was not encrypted with it.
 */
export function decryptMessage({ encodingAesKey, ciphertext }: { encodingAesKey: string; ciphertext: string }): {
  message: string
  appid: string
} {
  const encrypted = Buffer.from(ciphertext, 'base64')
  if (encrypted.length === 0 || encrypted.length % PADDING_BLOCK_BYTES !== 0) {
    throw new Error(`The ciphertext has ${encrypted.length} bytes, which is no multiple of ${PADDING_BLOCK_BYTES}.`)
  }
  const { key, iv } = keyAndIv(encodingAesKey)
  const decipher = createDecipheriv(CIPHER, key, iv).setAutoPadding(false)
  const plain = unpad(Buffer.concat([decipher.update(encrypted), decipher.final()]))

  const start = RANDOM_BYTES + LENGTH_BYTES
  if (plain.length < start) throw new Error('The message is too short to have a length.')
  const end = start + plain.readUInt32BE(RANDOM_BYTES)
  if (end > plain.length) throw new Error('The message is shorter than its length says.')
  return { message: plain.toString('utf8', start, end), appid: plain.toString('utf8', end) }
}

function keyAndIv(encodingAesKey: string): { key: Buffer; iv: Buffer } {
  if (!isEncodingAesKey(encodingAesKey)) throw new Error('An EncodingAESKey has 43 letters and digits.')
  const key = Buffer.from(`${encodingAesKey}=`, 'base64')
  return { key, iv: key.subarray(0, IV_BYTES) }
}

/** PKCS#7: as many bytes as are missing, each saying how many; a whole block when none are. */
function pad(plain: Buffer): Buffer {
  const missing = PADDING_BLOCK_BYTES - (plain.length % PADDING_BLOCK_BYTES)
  return Buffer.concat([plain, Buffer.alloc(missing, missing)])
}

function unpad(padded: Buffer): Buffer {
  const count = padded.at(-1) ?? 0
  const padding = padded.subarray(padded.length - count)
  if (count === 0 || count > PADDING_BLOCK_BYTES || padding.some((byte) => byte !== count)) {
    throw new Error('The padding is wrong: the message was encrypted with another key, or damaged.')
  }
  return padded.subarray(0, padded.length - count)
}
