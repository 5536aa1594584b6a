import { once } from 'node:events'
import type { Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { DELAYED_MAX } from '@shenpi/sdk/contract/fault-limits'

/**
 * Where answers wait that are delayed. Each holds its own connection and nothing that others need: no permit, no transaction,
 * no turn. Beyond the bounds nobody waits.
 */
export class DelayRoom {
  readonly #bounds: { inAll: number; ofAccount: number }
  #inAll = 0
  readonly #ofAccount = new Map<number, number>()

  constructor(bounds: { inAll: number; ofAccount: number } = DELAYED_MAX) {
    this.#bounds = bounds
  }

  /** Whether one more answer may wait. */
  hasPlace(accountId: number): boolean {
    return this.#inAll < this.#bounds.inAll && (this.#ofAccount.get(accountId) ?? 0) < this.#bounds.ofAccount
  }

  /** Keep an answer waiting, and no longer than its client is there. */
  async wait(accountId: number, ms: number, socket: Socket): Promise<void> {
    this.#count(accountId, 1)
    const gone = new AbortController()
    const timer = pause(ms, undefined, { signal: gone.signal }).catch(() => {})
    const left = once(socket, 'close', { signal: gone.signal }).catch(() => {})
    try {
      if (!socket.destroyed) await Promise.race([timer, left])
    } finally {
      gone.abort()
      this.#count(accountId, -1)
    }
  }

  #count(accountId: number, change: number): void {
    this.#inAll += change
    const ofAccount = (this.#ofAccount.get(accountId) ?? 0) + change
    if (ofAccount > 0) this.#ofAccount.set(accountId, ofAccount)
    else this.#ofAccount.delete(accountId)
  }
}
