import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import type { Kysely } from 'kysely'
import { drawInstallationSecret } from '../db/installation-secret.ts'
import type { Schema } from '../db/schema.ts'

/** What stands before the 32 bytes of a private key in PKCS #8. Source: RFC 8410, 7. */
const PKCS8_HEAD = Buffer.from('302e020100300506032b657004220420', 'hex')

/** A public key of Ed25519 as a JSON Web Key. Source: RFC 8037, 2. */
export interface PublicTrailKey {
  kty: 'OKP'
  crv: 'Ed25519'
  x: string
}

/** The private key that signs exports of the trail: a secret of the installation, drawn when it is needed first. */
export async function loadTrailKey(db: Kysely<Schema>): Promise<KeyObject> {
  const seed = Buffer.from(await drawInstallationSecret(db, 'trail_key'), 'hex')
  return createPrivateKey({ key: Buffer.concat([PKCS8_HEAD, seed]), format: 'der', type: 'pkcs8' })
}

export function toPublicKey(key: KeyObject): PublicTrailKey {
  const { x = '' } = createPublicKey(key).export({ format: 'jwk' })
  return { kty: 'OKP', crv: 'Ed25519', x }
}

/** @throws Error when it is no key */
export const fromPublicKey = ({ x }: Pick<PublicTrailKey, 'x'>): KeyObject =>
  createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
