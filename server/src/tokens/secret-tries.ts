import { networkOf } from '../accounts/network.ts'
import type { Cache, Caches } from '../caches.ts'
import { problemOf } from '../problem.ts'
import { elapsed } from '../time/elapsed.ts'

/** Wrong secrets of one account and address after which further tries are slowed down. */
export const WRONG_MAX = 20
/** The wait between two tries after that. Unit: milliseconds of the machine's time. */
const PAUSE_MS = 60_000
/** How long wrong secrets are remembered after the last, as above. */
const REMEMBERED_MS = 60 * 60 * 1000
/** Pairs of account and address that are remembered; the one that was wrong the longest ago goes first. */
const PAIRS_MAX = 10_000

const TIRED = `${WRONG_MAX} wrong secrets came from this address, one try a minute is looked at`

interface Wrong {
  count: number
  at: number
}

/**
 * Counts wrong secrets by account and address, and slows down guessing: after 20, one try a minute is checked. The account's
 * own servers at other addresses notice nothing, nor do other accounts at the same address.
 */
export class SecretTries implements Cache {
  readonly #wrong = new Map<string, Wrong>()
  readonly #now: () => number

  /** @param now milliseconds that only move forward */
  constructor(caches: Caches, now: () => number = elapsed) {
    this.#now = now
    caches.register(this)
  }

  empty(accountId?: number): void {
    const isMeant = (pair: string) => accountId === undefined || pair.startsWith(`${accountId} `)
    for (const pair of this.#wrong.keys()) if (isMeant(pair)) this.#wrong.delete(pair)
  }

  /** @throws Problem `credential.tries_exceeded` when no try is due. */
  admit(accountId: number, address: string): void {
    const wrong = this.#wrong.get(toPair(accountId, address))
    if (!wrong || wrong.count < WRONG_MAX) return
    if (this.#now() - wrong.at < PAUSE_MS) throw problemOf('credential.tries_exceeded', TIRED)
  }

  /** Count the result of a try that was admitted at the same moment. */
  count(accountId: number, address: string, isRight: boolean): void {
    const pair = toPair(accountId, address)
    const before = this.#wrong.get(pair)
    if (before) this.#wrong.delete(pair)
    if (isRight) return
    const at = this.#now()
    const isRemembered = before !== undefined && at - before.at < REMEMBERED_MS
    this.#wrong.set(pair, { count: isRemembered ? before.count + 1 : 1, at })
    const [oldest] = this.#wrong.keys()
    if (this.#wrong.size > PAIRS_MAX && oldest !== undefined) this.#wrong.delete(oldest)
  }
}

const toPair = (accountId: number, address: string): string => `${accountId} ${networkOf(address)}`
