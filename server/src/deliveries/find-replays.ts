import { REPLAYS_MAX } from '@shenpi/sdk/contract/api/deliveries'
import type { DeliveryState } from '@shenpi/sdk/contract/states'
import {
  type DeliveryInRange,
  findDeliveryNoSince,
  listRange,
  listRangeOfAccount,
} from '../callbacks/delivery-range.store.ts'
import { fitsFilter } from '../callbacks/list-deliveries.ts'
import type { Database } from '../db/open.ts'
import { Problem } from '../problem.ts'

/** Deliveries that were created in a time, of one account or of all. */
export interface ReplayRange {
  accountId?: number | undefined
  state?: DeliveryState | undefined
  event?: string | undefined
  from: Date
  /** It is not in the range itself. */
  until: Date
}

interface FoundReplays {
  /** Their numbers, in the order of time. */
  byAccount: ReadonlyMap<number, readonly number[]>
  firstAt: Date | undefined
  lastAt: Date | undefined
}

/** Deliveries that are read at once. */
const WINDOW = 1000
/** So many are looked at for those that fit: a longer range is asked for in parts. */
const LOOKED_AT_MAX = 100_000

/** The deliveries of a range, whether their accounts have a callback URL or not. @throws Problem `replay.too_many` */
export async function findReplays(db: Database, range: ReplayRange): Promise<FoundReplays> {
  const byAccount = new Map<number, number[]>()
  let [found, lookedAt] = [0, 0]
  let firstAt: Date | undefined
  let lastAt: Date | undefined
  for await (const window of windowsOf(db, range)) {
    lookedAt += window.length
    for (const { accountId, deliveryNo, createdAt } of window.filter((delivery) => fitsFilter(delivery, range))) {
      found += 1
      firstAt ??= createdAt
      lastAt = createdAt
      const numbers = byAccount.get(accountId) ?? []
      byAccount.set(accountId, numbers)
      numbers.push(deliveryNo)
    }
    if (found > REPLAYS_MAX) throw new Problem('replay.too_many', `More than ${REPLAYS_MAX} deliveries fit.`)
    if (lookedAt > LOOKED_AT_MAX) {
      throw new Problem('replay.too_many', `More than ${LOOKED_AT_MAX} deliveries were created in that time.`)
    }
  }
  return { byAccount, firstAt, lastAt }
}

async function* windowsOf(db: Database, { accountId, from, until }: ReplayRange): AsyncGenerator<DeliveryInRange[]> {
  const beforeNo = accountId === undefined ? 0 : await findDeliveryNoSince(db, accountId, until)
  const firstNo = accountId === undefined ? 0 : await findDeliveryNoSince(db, accountId, from)
  // Behind everything that was created earlier.
  let after = {
    at: from.getTime() - (accountId === undefined ? 1 : 0),
    accountId: accountId ?? 2 ** 52,
    deliveryNo: firstNo - 1,
  }
  for (;;) {
    const window =
      accountId === undefined
        ? await listRange(db, after, until, WINDOW)
        : await listRangeOfAccount(db, after, beforeNo, WINDOW)
    yield window
    const last = window.at(-1)
    if (!last || window.length < WINDOW) return
    after = { at: last.createdAt.getTime(), accountId: last.accountId, deliveryNo: last.deliveryNo }
  }
}
