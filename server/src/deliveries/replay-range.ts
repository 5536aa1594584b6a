import type { ProblemCode } from '@shenpi/sdk/contract/problems'
import { findCallbackSetting, listCallbackSettings } from '../callbacks/callback-setting.store.ts'
import { deliveryQueue } from '../callbacks/delivery.queue.ts'
import { restartDeliveries } from '../callbacks/delivery.store.ts'
import type { Database } from '../db/open.ts'
import { changeAccount } from '../journal/change-account.ts'
import { Problem } from '../problem.ts'
import type { Clock } from '../time/clock.ts'
import { findReplays, type ReplayRange } from './find-replays.ts'

/** Deliveries of one account that are sent again within a second, where there are few: beside them what is new arrives. */
const REPLAYS_A_SECOND = 20
/** Over so many seconds they are spread at most. What is due later than in a minute counts as written by a wrong clock. */
const SPREAD_MAX_S = 50
/** Of so many of these seconds the deliveries are restarted by one change of the account. */
const SECONDS_AT_ONCE = 10
/** Accounts that are changed at the same time. */
const TOGETHER = 16

interface ReplayPreview {
  deliveries: number
  /** Of accounts without a callback URL: they are left out. */
  unaddressed: number
  firstAt: Date | undefined
  lastAt: Date | undefined
  /** How long it takes until all are sent, where nothing else delays them. Unit: seconds. */
  seconds: number
  /** Those with the most of them first. */
  accounts: { accountId: number; deliveries: number; isAddressed: boolean }[]
}

const secondsFor = (deliveries: number): number => Math.floor(Math.max(0, deliveries - 1) / rateOf(deliveries))

const rateOf = (deliveries: number): number => Math.max(REPLAYS_A_SECOND, Math.ceil(deliveries / SPREAD_MAX_S))

/** What a replay of a range would do. @throws Problem `replay.too_many` */
export async function previewReplay(db: Database, range: ReplayRange): Promise<ReplayPreview> {
  const found = await findReplays(db, range)
  const addressed = await listCallbackSettings(db, [...found.byAccount.keys()])
  const accounts = [...found.byAccount]
    .map(([accountId, numbers]) => ({ accountId, deliveries: numbers.length, isAddressed: addressed.has(accountId) }))
    .toSorted((a, b) => b.deliveries - a.deliveries)
  const sent = accounts.filter(({ isAddressed }) => isAddressed)
  const sum = (some: typeof accounts) => some.reduce((total, { deliveries }) => total + deliveries, 0)
  return {
    deliveries: sum(sent),
    unaddressed: sum(accounts) - sum(sent),
    firstAt: found.firstAt,
    lastAt: found.lastAt,
    seconds: secondsFor(sent[0]?.deliveries ?? 0),
    accounts,
  }
}

interface Replayed {
  replayed: number
  accounts: number
  unaddressed: number
  refused: { accountId: number; code: ProblemCode }[]
}

/**
 * Send the deliveries of a range again, each account's one after the other. An account that is busy is left out and told;
 * what is done of the others stays done.
 *
 * @param expected as many as the preview told
 * @throws Problem `replay.too_many`; `replay.changed` when they are others by now
 */
export async function replayRange(
  { db, clock }: { db: Database; clock: Clock },
  range: ReplayRange,
  { expected, actor }: { expected: number; actor: string },
): Promise<Replayed> {
  const { byAccount } = await findReplays(db, range)
  const addressed = await listCallbackSettings(db, [...byAccount.keys()])
  const accounts = [...byAccount].filter(([accountId]) => addressed.has(accountId))
  const total = (some: typeof accounts) => some.reduce((sum, [, numbers]) => sum + numbers.length, 0)
  if (total(accounts) !== expected) throw new Problem('replay.changed')
  const done: Replayed = { replayed: 0, accounts: 0, unaddressed: total([...byAccount]) - total(accounts), refused: [] }
  for (let first = 0; first < accounts.length; first += TOGETHER) {
    const some = accounts.slice(first, first + TOGETHER)
    await Promise.all(
      some.map(([accountId, numbers]) => replayOf({ db, clock }, { accountId, numbers }, { range, actor, done })),
    )
  }
  return done
}

interface Replay {
  range: ReplayRange
  actor: string
  done: Replayed
}

async function replayOf(
  { db, clock }: { db: Database; clock: Clock },
  { accountId, numbers }: { accountId: number; numbers: readonly number[] },
  { range, actor, done }: Replay,
): Promise<void> {
  const { from, until, state = null, event = null } = range
  const rate = rateOf(numbers.length)
  const begin = clock.due(accountId)
  const seconds = Array.from({ length: secondsFor(numbers.length) + 1 }, (_, second) => ({
    dueAt: new Date(begin + second * 1000),
    deliveryNos: numbers.slice(second * rate, (second + 1) * rate),
  }))
  try {
    for (let first = 0; first < seconds.length; first += SECONDS_AT_ONCE) {
      done.replayed += await changeAccount(db, accountId, async (account) => {
        // It was taken away since the preview.
        if (!(await findCallbackSetting(account.trx, accountId))) throw new Problem('delivery.unaddressed')
        const at = clock.now(accountId)
        const restarted: number[] = []
        for (const { dueAt, deliveryNos } of seconds.slice(first, first + SECONDS_AT_ONCE)) {
          const some = { accountId, deliveryNos, state: range.state }
          restarted.push(...(await restartDeliveries(account.trx, some, { at, dueAt })))
        }
        if (restarted.length === 0) return 0
        const detail = { from: from.toISOString(), until: until.toISOString(), state, event, delivery_nos: restarted }
        account.append({ at, actor, action: 'delivery.replay_range', detail })
        account.leave(deliveryQueue)
        return restarted.length
      })
    }
    done.accounts += 1
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    done.refused.push({ accountId, code: error.code })
  }
}
