import { findAccountByAppid } from '../accounts/account.store.ts'
import { assertSecretUsable, isAppid } from '../accounts/account.ts'
import { findLimits } from '../accounts/account-limits.store.ts'
import type { Caller } from '../accounts/caller-cache.ts'
import { isSecret } from '../accounts/secret.ts'
import type { Database } from '../db/open.ts'
import { Problem } from '../problem.ts'

/**
 * The account behind an appid and its secret, for calls without a token.
 *
 * @param admit asked before the secret is looked at, so that a refusal of the caller tells nothing of the secret
 * @param tell is told in the same moment whether it was right
 * @throws Problem `credential.appid_invalid`, `credential.secret_invalid`, `credential.secret_frozen`, `account.frozen`,
 *   and what `admit` throws
 */
export async function authenticate(
  db: Database,
  { appid, secret }: { appid: string; secret: string },
  admit: (caller: Caller) => void,
  tell: (caller: Caller, isRight: boolean) => void = () => {},
): Promise<Caller> {
  const account = isAppid(appid) ? await findAccountByAppid(db, appid) : undefined
  if (!account) throw new Problem('credential.appid_invalid')
  const caller = { account, limits: await findLimits(db, account.accountId) }
  admit(caller)
  const isRight = isSecret(secret, account.secretHash)
  tell(caller, isRight)
  if (!isRight) throw new Problem('credential.secret_invalid')
  // After the secret: a stranger is not told how the account stands.
  assertSecretUsable(account)
  return caller
}
