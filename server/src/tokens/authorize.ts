import type { KnownToken } from '../accounts/caller-cache.ts'
import { hashSecret } from '../accounts/secret.ts'
import { Problem } from '../problem.ts'
import { endOf, findTokenWithCaller } from './access-token.store.ts'
import { accountIdOf } from './access-token.ts'
import type { TokenIssuer } from './issue-token.ts'

/**
 * The account behind an access token.
 * Source: docs/protocol/platform.md, token rules.
 *
 * @throws Problem `token.missing`, `token.invalid`, `token.expired`
 */
export async function authorize({ db, clock, callers }: TokenIssuer, token: string | undefined): Promise<KnownToken> {
  if (!token) throw new Problem('token.missing')
  const known = callers.find(token)
  if (known && known.expiresAt > clock.now(known.account.accountId)) return known

  const { generation } = callers
  const accountId = accountIdOf(token)
  if (accountId === undefined) throw new Problem('token.invalid')
  const now = clock.now(accountId)
  const looked = await findTokenWithCaller(db, { accountId, tokenHash: hashSecret(token) })
  if (!looked) throw new Problem('token.invalid')
  const { token: row, account, limits } = looked
  if (row.expires_at <= now.getTime()) throw new Problem(row.replaced_at === null ? 'token.expired' : 'token.invalid')
  const expiresAt = await endOf(db, row, now)
  const found = { account, limits, activated: false, connected: false, expiresAt }
  callers.remember(token, found, generation)
  return found
}
