import { hashSecret } from '../../server/src/accounts/secret.ts'
import { systemEntropy } from '../../server/src/entropy/entropy.ts'
import { newAccessToken, TOKEN_LIFETIME_S } from '../../server/src/tokens/access-token.ts'
import type { Place } from '../../server/test/databases.ts'
import { lay } from '../databases.ts'
import { laidAppid } from '../lay-devices.ts'
import type { Merchant } from '../submissions.ts'

/** A token for each of some accounts, valid from now on. */
export async function layTokens(place: Place, firstAccountId: number, accounts: number): Promise<Merchant[]> {
  const merchants = Array.from({ length: accounts }, (_, index) => {
    const accountId = firstAccountId + index
    return { accountId, appid: laidAppid(accountId), token: newAccessToken(accountId, systemEntropy) }
  })
  const now = Date.now()
  const rows = merchants.map(
    ({ accountId, token }) =>
      `(${accountId}, '${hashSecret(token)}', 'plain', null, 0, ${now}, ${now + TOKEN_LIFETIME_S * 1000}, null)`,
  )
  await lay(
    place,
    `insert into access_token (account_id, token_hash, kind, salt, forced, issued_at, expires_at, replaced_at)
      values ${rows}`,
  )
  return merchants
}
