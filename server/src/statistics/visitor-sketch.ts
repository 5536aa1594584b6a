import { hash } from 'node:crypto'

/** Up to this many visitors are known one by one; beyond, their number is estimated. */
export const EXACT_MAX = 256

const HASH_BYTES = 6
/** 2¹² registers: a standard error of 1.04 / √4096 = 1.6 %. */
const INDEX_BITS = 12
const REGISTERS = 2 ** INDEX_BITS
/** The bits of a hash that do not choose the register: the longest run of zeros in them. */
const RUN_BITS = 8 * HASH_BYTES - INDEX_BITS
const RUN_RANGE = 2 ** RUN_BITS
/** A register's value is 0 to 37; so many characters further it is printable. */
const FIRST_LETTER = '0'.charCodeAt(0)

/** A visitor as a sketch knows one: 48 bits that do not lead back to the openid. */
export function hashVisitor(openid: string): number {
  return hash('sha256', openid, 'buffer').readUIntBE(0, HASH_BYTES)
}

/**
 * Who was counted: a set of hashes up to `EXACT_MAX`, then a HyperLogLog. Two sketches merge into that of both crowds,
 * in any order and as often as one likes, so that servers can count apart.
 */
export class VisitorSketch {
  #hashes = new Set<number>()
  #registers: Uint8Array | undefined

  /** Read what `toText` wrote. An empty text is an empty sketch. */
  static parse(text: string): VisitorSketch {
    const sketch = new VisitorSketch()
    const content = text.slice(1)
    if (text[0] === 'h') {
      const letters = Buffer.from(content, 'latin1')
      sketch.#registers = new Uint8Array(REGISTERS)
      for (let at = 0; at < REGISTERS; at += 1) sketch.#registers[at] = (letters[at] ?? FIRST_LETTER) - FIRST_LETTER
    } else {
      const bytes = Buffer.from(content, 'base64url')
      for (let at = 0; at < bytes.length; at += HASH_BYTES) sketch.#hashes.add(bytes.readUIntBE(at, HASH_BYTES))
    }
    return sketch
  }

  /** @returns whether the sketch takes more room than before. */
  add(visitor: number): boolean {
    if (this.#registers) {
      const register = Math.floor(visitor / RUN_RANGE)
      const run = lengthOfRun(visitor % RUN_RANGE)
      if (run > (this.#registers[register] ?? 0)) this.#registers[register] = run
      return false
    }
    const before = this.#hashes.size
    this.#hashes.add(visitor)
    if (this.#hashes.size > EXACT_MAX) this.#estimate()
    return this.#hashes.size > before
  }

  merge(other: VisitorSketch): void {
    if (!other.#registers) {
      for (const visitor of other.#hashes) this.add(visitor)
      return
    }
    const registers = this.#estimate()
    for (let at = 0; at < REGISTERS; at += 1) {
      registers[at] = Math.max(registers[at] ?? 0, other.#registers[at] ?? 0)
    }
  }

  /** How much room the sketch takes, in visitors: what `add` told of comes to that. */
  get room(): number {
    return this.#registers ? EXACT_MAX : this.#hashes.size
  }

  /** How many were counted. */
  get size(): number {
    return this.#registers ? Math.max(EXACT_MAX, Math.round(estimateOf(this.#registers))) : this.#hashes.size
  }

  toText(): string {
    if (this.#registers) {
      const letters = Buffer.allocUnsafe(REGISTERS)
      for (let at = 0; at < REGISTERS; at += 1) letters[at] = (this.#registers[at] ?? 0) + FIRST_LETTER
      return `h${letters.toString('latin1')}`
    }
    if (this.#hashes.size === 0) return ''
    const bytes = Buffer.alloc(this.#hashes.size * HASH_BYTES)
    let at = 0
    for (const visitor of this.#hashes) at = bytes.writeUIntBE(visitor, at, HASH_BYTES)
    return `x${bytes.toString('base64url')}`
  }

  /** From now on only estimate how many there are. @returns the registers */
  #estimate(): Uint8Array {
    if (this.#registers) return this.#registers
    const registers = new Uint8Array(REGISTERS)
    const hashes = this.#hashes
    this.#hashes = new Set()
    this.#registers = registers
    for (const visitor of hashes) this.add(visitor)
    return registers
  }
}

/** Zeros before the first one, and the one: 1 to `RUN_BITS` + 1. */
function lengthOfRun(bits: number): number {
  return bits === 0 ? RUN_BITS + 1 : RUN_BITS - Math.floor(Math.log2(bits))
}

/**
 * The number that most likely filled the registers so, without a bias for small or large ones.
 * Source: O. Ertl, "New cardinality estimation algorithms for HyperLogLog sketches", 2017, algorithm 6.
 */
function estimateOf(registers: Uint8Array): number {
  const having = new Array<number>(RUN_BITS + 2).fill(0)
  for (const value of registers) having[value] = (having[value] ?? 0) + 1
  const share = (value: number) => (having[value] ?? 0) / REGISTERS
  let sum = REGISTERS * tau(1 - share(RUN_BITS + 1))
  for (let value = RUN_BITS; value >= 1; value -= 1) sum = 0.5 * (sum + REGISTERS * share(value))
  sum += REGISTERS * sigma(share(0))
  return (REGISTERS * REGISTERS) / (2 * Math.LN2 * sum)
}

/** Corrects for registers that are still empty. */
function sigma(share: number): number {
  if (share === 1) return Number.POSITIVE_INFINITY
  let [x, y, z, before] = [share, 1, share, -1]
  while (z !== before) {
    before = z
    x *= x
    z += x * y
    y += y
  }
  return z
}

/** Makes up for registers that can grow no more. */
function tau(share: number): number {
  if (share === 0 || share === 1) return 0
  let [x, y, z, before] = [share, 1, 1 - share, -1]
  while (z !== before) {
    before = z
    x = Math.sqrt(x)
    y *= 0.5
    z -= (1 - x) ** 2 * y
  }
  return z / 3
}
