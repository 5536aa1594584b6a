import { hash, timingSafeEqual } from 'node:crypto'
import { drawSecret } from '../entropy/draw-secret.ts'

/** 32 hex digits, 128 bits: too many to guess, so that one quick hash of it is safe to keep. */
export function newSecret(): string {
  return drawSecret(16).toString('hex')
}

/** How secrets, tokens and API keys are kept: SHA-256, in hex. */
export function hashSecret(secret: string): string {
  return hash('sha256', secret)
}

/** Compares in a time that tells nothing of the secret. */
export function isSecret(secret: string, expected: string): boolean {
  return timingSafeEqual(Buffer.from(hashSecret(secret)), Buffer.from(expected))
}
