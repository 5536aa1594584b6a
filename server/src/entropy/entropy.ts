import { createHmac, randomBytes } from 'node:crypto'

/** What is drawn for an account; each has a sequence of its own. */
export type Purpose =
  | 'rid'
  | 'picture_key'
  | 'nonce'
  | 'message'
  | 'echo'
  | 'access_token'
  | 'stable_token'
  | 'ticket'
  | 'page'
  | 'sample'
  | 'fault'

/** The source of what an account is given by chance. Secrets of people and installations are always {@link drawSecret}. */
export interface Entropy {
  /** @param length at most 32 bytes */
  draw(accountId: number, purpose: Purpose, length: number): Buffer
}

/** Nobody can foretell it. */
export const systemEntropy: Entropy = {
  draw: (_accountId, _purpose, length) => randomBytes(length),
}

/**
 * The same draws in the same order whenever the seed is the same, so that two runs of a test suite are equal to the byte. For
 * a sandbox alone: whoever knows the seed knows the tokens.
 */
export class SeededEntropy implements Entropy {
  readonly #seed: string
  readonly #start: number
  #isSeeding: boolean
  readonly #drawn = new Map<string, number>()

  /**
   * @param start which start with this seed it is, from 0: a later one draws what none before it drew
   * @param isSeeding what is drawn before {@link begin} is of a sequence of its own, so that it can be begun anew
   */
  constructor(seed: string, start = 0, isSeeding = false) {
    this.#seed = seed
    this.#start = start
    this.#isSeeding = isSeeding
  }

  /** Begin anew, behind what was seeded. @param accountId only with what this account is given */
  begin(accountId?: number): void {
    this.#isSeeding = false
    for (const sequence of this.#drawn.keys()) {
      if (accountId === undefined || sequence.startsWith(`${accountId} `)) this.#drawn.delete(sequence)
    }
  }

  /** How much of each sequence was drawn. */
  drawn(): [sequence: string, count: number][] {
    return [...this.#drawn]
  }

  /** Go on as it was then. */
  goOnFrom(drawn: readonly (readonly [sequence: string, count: number])[]): void {
    this.begin()
    for (const [sequence, count] of drawn) this.#drawn.set(sequence, count)
  }

  draw(accountId: number, purpose: Purpose, length: number): Buffer {
    const sequence = `${accountId} ${purpose}`
    const count = this.#drawn.get(sequence) ?? 0
    this.#drawn.set(sequence, count + 1)
    return createHmac('sha256', this.#seed)
      .update(`${this.#isSeeding ? 'seeding ' : ''}${this.#start} ${sequence} ${count}`)
      .digest()
      .subarray(0, length)
  }
}

/** A number from 0 up to 1, without 1, of 32 random bits. */
export function drawShare(entropy: Entropy, accountId: number, purpose: Purpose): number {
  return entropy.draw(accountId, purpose, 4).readUInt32BE() / 2 ** 32
}
