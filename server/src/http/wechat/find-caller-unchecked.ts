import type { Call } from '@shenpi/sdk/contract/call'
import { isObject } from '@shenpi/sdk/contract/is-object'
import type { FastifyRequest } from 'fastify'
import { findAccountByAppid } from '../../accounts/account.store.ts'
import { findLimits } from '../../accounts/account-limits.store.ts'
import type { Caller } from '../../accounts/caller-cache.ts'
import { Problem } from '../../problem.ts'
import type { Services } from '../../services.ts'
import { authorize } from '../../tokens/authorize.ts'
import { tokenIn } from './token-in.ts'

/** Whose a call seems to be, before anything of it is checked: a fault may be for one account alone. */
export async function findCallerUnchecked(
  { db, issuer }: Services,
  { authorized }: Call,
  request: FastifyRequest,
): Promise<Caller | undefined> {
  if (authorized) {
    return await authorize(issuer, tokenIn(request.query)).catch((error: unknown) => {
      if (error instanceof Problem) return undefined
      throw error
    })
  }
  const account = await findAccountByAppid(db, appidIn(request))
  return account && { account, limits: await findLimits(db, account.accountId) }
}

/** In the query, or anywhere in the body: nothing that counts rests on it. */
function appidIn({ query, body }: FastifyRequest): string {
  const queried = isObject(query) ? query.appid : undefined
  if (typeof queried === 'string') return queried
  const text = body instanceof Buffer ? body.toString() : ''
  return /"appid"\s*:\s*"([^"]*)"/.exec(text)?.[1] ?? ''
}
