import { createHmac } from 'node:crypto'
import type { Entropy } from '../entropy/entropy.ts'

/** How long a token lives. Unit: seconds. Source: docs/protocol/platform.md, lifetimes. */
export const TOKEN_LIFETIME_S = 7200
/** How long a replaced token stays valid. Unit: seconds. Source: docs/protocol/platform.md, overlap. */
export const TOKEN_OVERLAP_S = 300
/** Forced refreshes of a stable token in one day, and the seconds between two. Source: docs/protocol/platform.md. */
export const FORCED_REFRESH = { perDay: 20, gapS: 30 } as const

/**
 * A token says whose it is, so that it is looked up where its account's rows are; the rest is 256 bits of secret.
 * To a client it is an opaque text.
 */
export function newAccessToken(accountId: number, entropy: Entropy): string {
  return compose(accountId, entropy.draw(accountId, 'access_token', 32))
}

/**
 * A stable token is answered again while it is valid, yet only its hash is kept: it is derived anew from the secret
 * that the caller sends and the salt in the row.
 */
export function deriveAccessToken(accountId: number, secret: string, salt: string): string {
  return compose(accountId, createHmac('sha256', secret).update(`stable_token ${salt}`).digest())
}

function compose(accountId: number, secret: Buffer): string {
  return `${accountId.toString(36)}_${secret.toString('base64url')}`
}

/** The account of a token, or undefined when the token is not ours. */
export function accountIdOf(token: string): number | undefined {
  const owner = /^([0-9a-z]{1,10})_[A-Za-z0-9_-]{43}$/.exec(token)?.[1]
  return owner ? Number.parseInt(owner, 36) : undefined
}
