/** Rows, visitors and events that are kept while they cannot be written. */
const ROOM = 500_000

/** The room for interactions that are counted and not yet written. */
export class TallyRoom {
  /** Rows, visitors and events, those that are being written included. */
  taken = 0
  #refused = 0

  /** Whether there is room for more; what finds none is lost. */
  admits(): boolean {
    if (this.taken < ROOM) return true
    this.#refused += 1
    return false
  }

  /** How much found no room since the last call. */
  takeRefused(): number {
    const refused = this.#refused
    this.#refused = 0
    return refused
  }
}
