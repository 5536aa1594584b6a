import { hash } from 'node:crypto'
import { FairSemaphore, TooManyWaiting, WaitedTooLong } from '../fair-semaphore.ts'
import { Problem } from '../problem.ts'

/** Hashes of passwords at once: each takes 19 MB and a thread for some 30 ms. */
const AT_ONCE = 2
/** Hashes that may wait in all, of one site, and how long. Unit of the last: milliseconds. */
const WAITING_MAX = 200
const WAITING_OF_SITE = 10
const LONGEST_WAIT_MS = 10_000

/** Lets few passwords be hashed at once; sites take turns, so that one that guesses holds up no other. */
export class HashTurns {
  readonly #semaphore = new FairSemaphore({
    permits: AT_ONCE,
    perAccount: 1,
    waitingPerAccount: WAITING_OF_SITE,
    longestWaitMs: LONGEST_WAIT_MS,
  })
  #under = 0

  /** @throws Problem `sign_in.busy` when too many wait, or when the turn does not come in time */
  async run<T>(site: string, work: () => Promise<T>): Promise<T> {
    if (this.#under >= WAITING_MAX) throw new Problem('sign_in.busy')
    this.#under += 1
    try {
      return await this.#semaphore.run(toNumber(site), work)
    } catch (error) {
      if (error instanceof TooManyWaiting || error instanceof WaitedTooLong) throw new Problem('sign_in.busy')
      throw error
    } finally {
      this.#under -= 1
    }
  }
}

/** Two sites with the same number only share their turns. */
const toNumber = (site: string) => Number.parseInt(hash('sha256', site).slice(0, 12), 16)
