import type { TokenKind } from '@shenpi/sdk/contract/states'
import type { Kysely, Selectable, Transaction } from 'kysely'
import { toAccount } from '../accounts/account.store.ts'
import { toLimits } from '../accounts/account-limits.store.ts'
import type { Caller } from '../accounts/caller-cache.ts'
import type { Schema } from '../db/schema.ts'
import { prepared } from '../db/statements.ts'
import { TOKEN_LIFETIME_S } from './access-token.ts'

/** How far the clocks of two servers may differ without a token's end being corrected. Unit: milliseconds. */
const CLOCKS_DIFFER_MS = 60_000

export type TokenRow = Selectable<Schema['access_token']>

const selectWithCaller = prepared((db, { accountId, tokenHash }: { accountId: number; tokenHash: string }) =>
  db
    .selectFrom('access_token')
    .innerJoin('account', 'account.account_id', 'access_token.account_id')
    .leftJoin('account_limit', 'account_limit.account_id', 'access_token.account_id')
    .selectAll('account')
    .select(['token_hash', 'kind', 'salt', 'forced', 'issued_at', 'expires_at', 'replaced_at'])
    .select(['ip_allow', 'daily_limit', 'minute_limit'])
    .where('access_token.account_id', '=', accountId)
    .where('token_hash', '=', tokenHash),
)

/** A token with the account that it is of and its limits: in one statement, since most calls of many accounts look it up. */
export async function findTokenWithCaller(
  db: Kysely<Schema>,
  key: { accountId: number; tokenHash: string },
): Promise<({ token: TokenRow } & Caller) | undefined> {
  const [row] = await selectWithCaller(db, key)
  return row && { token: row, account: toAccount(row), limits: toLimits(row) }
}

export async function insertToken(trx: Transaction<Schema>, row: TokenRow): Promise<void> {
  await trx.insertInto('access_token').values(row).execute()
}

/** Let the account's tokens of a kind end at `endsAt`, if they would not end before, because a newer one takes their place. */
export async function replaceTokens(
  trx: Transaction<Schema>,
  { accountId, kind, at, endsAt }: { accountId: number; kind: TokenKind; at: Date; endsAt: Date },
): Promise<void> {
  await trx
    .updateTable('access_token')
    .set({ replaced_at: at.getTime(), expires_at: endsAt.getTime() })
    .where('account_id', '=', accountId)
    .where('kind', '=', kind)
    // Those replaced before as well: they live on for a while, which a new secret must cut short.
    .where('expires_at', '>', endsAt.getTime())
    .execute()
}

/**
 * Delete the account's tokens of a kind that ended before `endedBefore`: until then they are refused as expired. Replaced
 * tokens are refused as unknown, so they are deleted at once, but for forced ones, which are counted for a day.
 */
export async function deleteTokens(
  trx: Transaction<Schema>,
  { accountId, kind, at, endedBefore }: { accountId: number; kind: TokenKind; at: Date; endedBefore: Date },
): Promise<void> {
  await trx
    .deleteFrom('access_token')
    .where('account_id', '=', accountId)
    .where('kind', '=', kind)
    .where('expires_at', '<=', at.getTime())
    .where(({ eb, and, or }) =>
      or([
        eb('expires_at', '<', endedBefore.getTime()),
        and([eb('replaced_at', 'is not', null), eb('forced', '=', 0)]),
      ]),
    )
    .execute()
}

/** The account's last stable token that has not been replaced. */
export async function findStableToken(trx: Transaction<Schema>, accountId: number): Promise<TokenRow | undefined> {
  return await trx
    .selectFrom('access_token')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('kind', '=', 'stable')
    .where('replaced_at', 'is', null)
    .orderBy('issued_at', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/**
 * When a token ends: no later than a whole lifetime from now. One that would was issued by a clock that was ahead, and gets
 * its lifetime from now on.
 */
export async function endOf(db: Kysely<Schema>, row: TokenRow, now: Date): Promise<Date> {
  const latest = now.getTime() + TOKEN_LIFETIME_S * 1000
  if (row.expires_at <= latest + CLOCKS_DIFFER_MS) return new Date(Math.min(row.expires_at, latest))
  await db
    .updateTable('access_token')
    .set({ expires_at: latest })
    .where('account_id', '=', row.account_id)
    .where('token_hash', '=', row.token_hash)
    .where('expires_at', '>', latest)
    .execute()
  return new Date(latest)
}

/** When the account's stable token was forced to change within `since` and `before`, the last first. */
export async function listForcedRefreshes(
  trx: Transaction<Schema>,
  accountId: number,
  { since, before }: { since: Date; before: Date },
): Promise<Date[]> {
  const rows = await trx
    .selectFrom('access_token')
    .select('issued_at')
    .where('account_id', '=', accountId)
    .where('kind', '=', 'stable')
    .where('forced', '=', 1)
    .where('issued_at', '>=', since.getTime())
    .where('issued_at', '<', before.getTime())
    .orderBy('issued_at', 'desc')
    .execute()
  return rows.map(({ issued_at }) => new Date(issued_at))
}
