import type { TokenStore } from '@shenpi/sdk/wire'
import { getAccountByAppid } from 'shenpi/src/accounts/account.store.ts'
import { Problem } from 'shenpi/src/problem.ts'
import type { Services } from 'shenpi/src/services.ts'
import { authorize } from 'shenpi/src/tokens/authorize.ts'
import { type IssuedToken, issueStableToken } from 'shenpi/src/tokens/issue-token.ts'

/** An account's token, got without a call. */
export async function tokenOf(services: Services, appid: string, secret: string): Promise<IssuedToken> {
  const account = await getAccountByAppid(services.db, appid)
  return await issueStableToken(services.issuer, account, { secret, force: false })
}

/** The same for the client of the wire, which looks there before it asks. @param now epoch milliseconds */
export function tokenStoreOf(now: () => number, get: () => Promise<IssuedToken>): TokenStore {
  return {
    async find() {
      const { token, expiresIn } = await get()
      const endsAt = now() + expiresIn * 1000
      return { token, renewAt: endsAt, endsAt }
    },
    async save() {},
  }
}

/** Whether a token opens the wire now: it may have ended, or be of a time before a reset. */
export async function isGood({ issuer }: Services, token: string): Promise<boolean> {
  try {
    await authorize(issuer, token)
    return true
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return false
  }
}
