import { TOKEN_KINDS } from '@shenpi/sdk/contract/states'
import { getAccountByAppid, saveSecretHash } from '../accounts/account.store.ts'
import { hashSecret, newSecret } from '../accounts/secret.ts'
import { changeAccount } from '../journal/change-account.ts'
import { replaceTokens } from './access-token.store.ts'
import type { TokenIssuer } from './issue-token.ts'

/** Give an account a new secret. The old one and every token end at once. @returns the secret, shown this once */
export async function rotateSecret({ db, clock, callers }: TokenIssuer, appid: string, actor: string): Promise<string> {
  const { accountId } = await getAccountByAppid(db, appid)
  const at = clock.now(accountId)
  const secret = newSecret()
  await changeAccount(db, accountId, async (account) => {
    await saveSecretHash(account.trx, accountId, hashSecret(secret))
    for (const kind of TOKEN_KINDS) await replaceTokens(account.trx, { accountId, kind, at, endsAt: at })
    account.append({ at, actor, action: 'account.rotate_secret', detail: {} })
  })
  callers.forget(accountId)
  return secret
}
