interface Place {
  accountId: number
  turn: number
}

/** Accounts in the order of their turns; those with the same turn in the order in which they came. */
export class AccountsByTurn {
  readonly #places: Place[] = []

  /** It must not be among them yet. */
  add(accountId: number, turn: number): void {
    this.#places.splice(this.#firstAfter(turn), 0, { accountId, turn })
  }

  /** @param turn by which it was added */
  remove(accountId: number, turn: number): void {
    const { length } = this.#places
    for (let index = this.#firstAfter(turn - 1); index < length; index += 1) {
      if (this.#places[index]?.accountId !== accountId) continue
      this.#places.splice(index, 1)
      return
    }
  }

  /** The first so many that are `able`. */
  first(count: number, able: (accountId: number) => boolean): number[] {
    const found: number[] = []
    for (const { accountId } of this.#places) {
      if (found.length >= count) break
      if (able(accountId)) found.push(accountId)
    }
    return found
  }

  #firstAfter(turn: number): number {
    let low = 0
    let high = this.#places.length
    while (low < high) {
      const middle = (low + high) >>> 1
      const place = this.#places[middle]
      if (place && place.turn > turn) high = middle
      else low = middle + 1
    }
    return low
  }
}
