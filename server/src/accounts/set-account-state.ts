import type { Database } from '../db/open.ts'
import { changeAccount } from '../journal/change-account.ts'
import { Problem } from '../problem.ts'
import type { Clock } from '../time/clock.ts'
import { findAccount, getAccountByAppid, saveAccountState } from './account.store.ts'
import type { Account } from './account.ts'
import type { AccountCache } from './account-cache.ts'

/** The changes of an account's state. */
interface AccountStateChange {
  verified?: boolean
  frozen?: boolean
  secretFrozen?: boolean
}

/**
 * Freeze or unfreeze an account or its secret, or say whether it is verified. It holds at once on this server, and within
 * three seconds on others. Tokens are kept: they are valid again after the account is unfrozen.
 * Source: docs/protocol/platform.md, state of an account.
 *
 * @throws Problem `account.unknown`
 */
export async function setAccountState(
  { db, clock, callers }: { db: Database; clock: Clock; callers: AccountCache },
  appid: string,
  change: AccountStateChange,
  actor: string,
): Promise<Account> {
  const { accountId } = await getAccountByAppid(db, appid)
  const at = clock.now(accountId)
  const changed = await changeAccount(db, accountId, async (account) => {
    const before = await findAccount(account.trx, accountId)
    if (!before) throw new Problem('account.unknown')
    const after = {
      ...before,
      verified: change.verified ?? before.verified,
      frozenAt: since(before.frozenAt, change.frozen, at),
      secretFrozenAt: since(before.secretFrozenAt, change.secretFrozen, at),
    }
    await saveAccountState(account.trx, after)
    const { verified, frozen, secretFrozen: secret_frozen } = change
    const detail = { verified, frozen, secret_frozen }
    account.append({ at, actor, action: 'account.set_state', detail })
    return after
  })
  callers.forget(accountId)
  return changed
}

/** Since when something is so: it stays as it is unless it is wanted otherwise. */
function since(before: Date | null, wanted: boolean | undefined, at: Date): Date | null {
  if (wanted === undefined) return before
  return wanted ? (before ?? at) : null
}
