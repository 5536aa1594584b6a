import { codesOf } from '../thrown.ts'

/** SQLITE_CORRUPT, SQLITE_NOTADB: the low byte of a result code. */
const SQLITE_CODES: readonly unknown[] = [11, 26]
/** data_corrupted, index_corrupted. */
const POSTGRES_CODES: readonly unknown[] = ['XX001', 'XX002']

/** Whether a statement failed because what is stored is not what was written. */
export function isDamage(error: unknown): boolean {
  const { code, errcode } = codesOf(error)
  return POSTGRES_CODES.includes(code) || (typeof errcode === 'number' && SQLITE_CODES.includes(errcode & 0xff))
}

/**
 * Remembers that a database is damaged after a statement met the damage: from then on no statement runs, since what is read
 * may be wrong and what is written may make it worse. It ends with the process.
 */
export class Damage {
  #isFound = false
  readonly #onFound: (error: Error) => void

  /** @param onFound told once, of the first statement that met it */
  constructor(onFound: (error: Error) => void) {
    this.#onFound = onFound
  }

  get isFound(): boolean {
    return this.#isFound
  }

  /** Look at what a statement failed with. */
  note(error: unknown): void {
    if (this.#isFound || !isDamage(error)) return
    this.#isFound = true
    this.#onFound(error instanceof Error ? error : new Error(String(error)))
  }

  /** @throws Error when the database is damaged. */
  refuse(): void {
    if (this.#isFound) throw new Error('the database is damaged: nothing is asked of it until the server starts anew')
  }
}
