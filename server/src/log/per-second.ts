import { elapsed } from '../time/elapsed.ts'
/** Lets so many through in each second of the machine's time; the others are counted. */
export class PerSecond {
  readonly #most: number
  #second = 0
  #taken = 0
  #held = 0

  constructor(most: number) {
    this.#most = most
  }

  take(): boolean {
    const now = Math.floor(elapsed() / 1000)
    if (now !== this.#second) {
      this.#second = now
      this.#taken = 0
    }
    if (this.#taken >= this.#most) {
      this.#held += 1
      return false
    }
    this.#taken += 1
    return true
  }

  /** How many were refused since the last call. */
  takeHeld(): number {
    const held = this.#held
    this.#held = 0
    return held
  }
}
