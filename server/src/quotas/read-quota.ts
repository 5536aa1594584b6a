import type { Database } from '../db/open.ts'
import { chinaDay } from '../time/china-time.ts'
import type { Clock } from '../time/clock.ts'
import { readUsage } from './usage.store.ts'
import type { UsageMeter } from './usage-meter.ts'

/** What "no limit" is on the wire: the most that a typed client can hold. Source: docs/protocol/platform.md, quota/get. */
const UNLIMITED = 2 ** 31 - 1

interface Quota {
  limit: number
  used: number
  remain: number
}

/** How much of a call's day an account has used, on all servers together. @param limit 0: there is none */
export async function readQuota(
  { db, clock, usage }: { db: Database; clock: Clock; usage: UsageMeter },
  { accountId, path, limit }: { accountId: number; path: string; limit: number },
): Promise<Quota> {
  await usage.flushAccount(accountId)
  const used = (await readUsage(db, { accountId, day: chinaDay(clock.now(accountId)) })).get(path) ?? 0
  const most = limit === 0 ? UNLIMITED : limit
  return { limit: most, used, remain: Math.max(0, most - used) }
}
