import type { TokenKind } from '@shenpi/sdk/contract/states'
import type { Transaction } from 'kysely'
import { findAccount } from '../accounts/account.store.ts'
import { type Account, assertSecretUsable } from '../accounts/account.ts'
import type { CallerCache } from '../accounts/caller-cache.ts'
import { hashSecret } from '../accounts/secret.ts'
import type { Database } from '../db/open.ts'
import type { Schema } from '../db/schema.ts'
import type { Entropy } from '../entropy/entropy.ts'
import { lockAccount } from '../journal/change-account.ts'
import { Problem } from '../problem.ts'
import { startOfChinaDay } from '../time/china-time.ts'
import type { Clock } from '../time/clock.ts'
import {
  deleteTokens,
  endOf,
  findStableToken,
  insertToken,
  listForcedRefreshes,
  replaceTokens,
  type TokenRow,
} from './access-token.store.ts'
import { deriveAccessToken, FORCED_REFRESH, newAccessToken, TOKEN_LIFETIME_S, TOKEN_OVERLAP_S } from './access-token.ts'

const DAY_S = 24 * 60 * 60

export interface IssuedToken {
  token: string
  /** Seconds. */
  expiresIn: number
}

export interface TokenIssuer {
  db: Database
  clock: Clock
  entropy: Entropy
  callers: CallerCache
}

/**
 * A new token of the plain call. The one before stays usable for five minutes.
 * Source: docs/protocol/platform.md, token.
 */
export async function issueToken({ db, clock, entropy, callers }: TokenIssuer, account: Account): Promise<IssuedToken> {
  const { accountId } = account
  const at = clock.now(accountId)
  const token = newAccessToken(accountId, entropy)
  await lockAccount(db, accountId, async (trx) => {
    await assertUnchanged(trx, account)
    await deleteTokens(trx, { accountId, kind: 'plain', at, endedBefore: after(at, -DAY_S) })
    await replaceTokens(trx, { accountId, kind: 'plain', at, endsAt: after(at, TOKEN_OVERLAP_S) })
    await insertToken(trx, tokenRow({ accountId, token, kind: 'plain', at }))
  })
  callers.forget(accountId)
  return { token, expiresIn: TOKEN_LIFETIME_S }
}

/**
 * The stable token: the same while it is valid, a new one in its last five minutes, or when one is forced. A forced one
 * ends the one before at once; forced again within 30 s it stays as it is.
 * Source: docs/protocol/platform.md, stable_token.
 *
 * @param secret the account's, as the caller sent it: the token is derived from it
 * @throws Problem `token.refresh_quota` at the 21st forced refresh of a day (in UTC+8).
 */
export async function issueStableToken(
  { db, clock, entropy, callers }: TokenIssuer,
  account: Account,
  { secret, force }: { secret: string; force: boolean },
): Promise<IssuedToken> {
  const { accountId } = account
  const at = clock.now(accountId)
  const issued = await lockAccount(db, accountId, async (trx) => {
    await assertUnchanged(trx, account)
    const current = await findStableToken(trx, accountId)
    const expiresAt = current ? await endOf(trx, current, at) : at
    const left = Math.floor((expiresAt.getTime() - at.getTime()) / 1000)
    const forced = force && current !== undefined && (await mayRefresh(trx, accountId, at))
    if (current?.salt && left > TOKEN_OVERLAP_S && !forced) {
      const token = deriveAccessToken(accountId, secret, current.salt)
      if (hashSecret(token) === current.token_hash) return { token, expiresIn: left }
    }
    const salt = entropy.draw(accountId, 'stable_token', 16).toString('hex')
    const token = deriveAccessToken(accountId, secret, salt)
    await deleteTokens(trx, { accountId, kind: 'stable', at, endedBefore: after(at, -DAY_S) })
    await replaceTokens(trx, { accountId, kind: 'stable', at, endsAt: forced ? at : after(at, TOKEN_OVERLAP_S) })
    await insertToken(trx, { ...tokenRow({ accountId, token, kind: 'stable', at }), salt, forced: forced ? 1 : 0 })
    return { token, expiresIn: TOKEN_LIFETIME_S }
  })
  callers.forget(accountId)
  return issued
}

/**
 * Under the account's lock, so that of two calls at once only one token is not replaced, and a secret that was changed or
 * frozen since it was looked at gives none.
 *
 * @throws Problem `credential.secret_invalid`, `credential.secret_frozen`, `account.frozen`
 */
async function assertUnchanged(trx: Transaction<Schema>, { accountId, secretHash }: Account): Promise<void> {
  const account = await findAccount(trx, accountId)
  if (account?.secretHash !== secretHash) throw new Problem('credential.secret_invalid')
  assertSecretUsable(account)
}

/** Whether a forced refresh is due to happen: not within 30 s of the one before. */
async function mayRefresh(trx: Transaction<Schema>, accountId: number, at: Date): Promise<boolean> {
  const today = startOfChinaDay(at)
  const gapStart = after(at, -FORCED_REFRESH.gapS)
  // The gap holds across midnight, the day's count does not.
  const since = new Date(Math.min(today.getTime(), gapStart.getTime()))
  const refreshes = await listForcedRefreshes(trx, accountId, { since, before: after(today, DAY_S) })
  // A refresh in the future was made before the clock was set back: it is no reason to wait for that time.
  if (refreshes.some((refresh) => refresh > gapStart && refresh <= at)) return false
  if (refreshes.filter((refresh) => refresh >= today).length >= FORCED_REFRESH.perDay) {
    throw new Problem('token.refresh_quota')
  }
  return true
}

function tokenRow(of: { accountId: number; token: string; kind: TokenKind; at: Date }): TokenRow {
  return {
    account_id: of.accountId,
    token_hash: hashSecret(of.token),
    kind: of.kind,
    salt: null,
    forced: 0,
    issued_at: of.at.getTime(),
    expires_at: after(of.at, TOKEN_LIFETIME_S).getTime(),
    replaced_at: null,
  }
}

function after(at: Date, seconds: number): Date {
  return new Date(at.getTime() + seconds * 1000)
}
