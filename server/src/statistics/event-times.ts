import type { Clock } from '../time/clock.ts'
import { toUnixSeconds } from '../time/unix-seconds.ts'

/**
 * How far the event of a shake may be dated ahead of it: nobody shakes faster than once a second for longer. What comes on
 * top shares its second, and a receiver may take it for a repeat.
 */
const AHEAD_MAX_S = 5

/**
 * Dates the events of shakes. Receivers tell a repeat by person and second alone, so the second of two events within one
 * second is dated a second later, up to a few. Source: docs/protocol/callbacks.md, Delivery.
 */
export class EventTimes {
  /** Unix seconds of the last event to an account about a person. */
  readonly #last = new Map<string, { accountId: number; time: number }>()

  /** Unix seconds for the event of a shake at `at`. */
  next(accountId: number, openid: string, at: Date): number {
    const person = `${accountId}/${openid}`
    const second = toUnixSeconds(at)
    const next = Math.max(second, (this.#last.get(person)?.time ?? 0) + 1)
    const time = Math.min(next, second + AHEAD_MAX_S)
    this.#last.set(person, { accountId, time })
    return time
  }

  /** @param accountId only those of events to this account */
  forget(accountId?: number): void {
    for (const [person, last] of this.#last) {
      if (accountId === undefined || last.accountId === accountId) this.#last.delete(person)
    }
  }

  /** Forget people whose last event is over. */
  forgetBefore(clock: Clock): void {
    for (const [person, { accountId, time }] of this.#last) {
      if (time < toUnixSeconds(clock.now(accountId))) this.#last.delete(person)
    }
  }
}
