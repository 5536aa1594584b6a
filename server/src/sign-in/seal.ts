import { createCipheriv, createDecipheriv, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto'
import { drawSecret } from '../entropy/draw-secret.ts'

const NONCE_BYTES = 12
const TAG_BYTES = 16

/**
 * Seals texts that come back to this installation: what a sign-in must remember between two steps, and secrets at rest that
 * cannot be hashes. Whoever begins a sign-in so fills no table. AES-256-GCM, with a key of the installation.
 */
export class Seal {
  readonly #key: KeyObject

  /** @param secret of the installation */
  constructor(secret: string) {
    this.#key = createSecretKey(Buffer.from(hkdfSync('sha256', secret, '', 'sign-in seal', 32)))
  }

  /** @param purpose nothing that was sealed for another one opens as this */
  seal(purpose: string, text: string): string {
    const nonce = drawSecret(NONCE_BYTES)
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonce).setAAD(Buffer.from(purpose))
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
    return Buffer.concat([nonce, sealed, cipher.getAuthTag()]).toString('base64url')
  }

  /** @returns nothing for what this installation did not seal for the purpose */
  open(purpose: string, sealed: string): string | undefined {
    const bytes = Buffer.from(sealed, 'base64url')
    if (bytes.length < NONCE_BYTES + TAG_BYTES) return undefined
    const decipher = createDecipheriv('aes-256-gcm', this.#key, bytes.subarray(0, NONCE_BYTES))
    decipher.setAAD(Buffer.from(purpose)).setAuthTag(bytes.subarray(-TAG_BYTES))
    try {
      return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]).toString(
        'utf8',
      )
    } catch {
      return undefined
    }
  }
}
