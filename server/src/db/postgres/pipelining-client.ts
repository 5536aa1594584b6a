import { createHash } from 'node:crypto'
import pg from 'pg'

/** Statements that are prepared by name on each connection; rarer ones are sent whole. */
const NAMED_MAX = 500
/** As Kysely says it. */
const BEGIN = 'begin'

/** A memo: a name follows from its statement alone. */
const names = new Map<string, string>()

function nameOf(sql: string): string | undefined {
  const known = names.get(sql)
  if (known || names.size >= NAMED_MAX) return known
  const name = createHash('sha256').update(sql).digest('base64url').slice(0, 32)
  names.set(sql, name)
  return name
}

/**
 * Sends a statement with parameters under a name, so that PostgreSQL parses and plans it once a connection, and what is
 * asked for side by side in one piece.
 */
export class PipeliningClient extends pg.Client {
  #isGathering = false
  /** While a BEGIN is not answered. */
  #begun: Promise<unknown> | undefined
  /** Whether a statement waits for that answer: those behind it wait too. */
  #isHeld = false
  #heardAt = performance.now()

  constructor(config?: string | pg.ClientConfig) {
    super(config)
    // The pool listens only while nobody uses the connection. One that breaks in use fails the statement that runs on
    // it, or the next one; unheard, its event would end the process.
    this.on('error', () => {})
    this.connection.on('readyForQuery', () => {
      this.#heardAt = performance.now()
    })
  }

  /** When it answered last, on the clock of `performance`. */
  get heardAt(): number {
    return this.#heardAt
  }

  /** Whether the other end answers in time. If not, the connection ends. */
  async isAlive(timeoutMs: number): Promise<boolean> {
    try {
      const question = { text: 'select 1', query_timeout: timeoutMs }
      await super.query(question)
      return true
    } catch {
      return false
    }
  }

  /** End the connection at once, and with it everything that waits for an answer on it. */
  destroy(): void {
    this.connection.stream.destroy()
  }

  get isDestroyed(): boolean {
    return this.connection.stream.destroyed
  }

  // biome-ignore lint/suspicious/noExplicitAny: pg overloads `query` a dozen ways, all but one pass through untouched
  override query(text: any, values?: any, callback?: any): any {
    // A read alone is sent right behind a BEGIN. Were it cancelled, a write behind it would be committed by itself.
    if (this.#begun && (this.#isHeld || !/^select\b/.test(text))) {
      this.#isHeld = true
      return this.#begun.then(() => this.query(text, values, callback))
    }
    const name = typeof text === 'string' && Array.isArray(values) ? nameOf(text) : undefined
    this.#gather()
    const answer: unknown = super.query(name ? { name, text, values } : text, name ? undefined : values, callback)
    if (text === BEGIN && answer instanceof Promise) this.#begin(answer)
    return answer
  }

  #begin(answer: Promise<unknown>): void {
    this.#begun = answer
    answer.then(
      () => {
        this.#begun = undefined
        this.#isHeld = false
      },
      () => this.destroy(),
    )
  }

  #gather(): void {
    const { stream } = this.connection
    if (this.#isGathering) return
    this.#isGathering = true
    stream.cork()
    process.nextTick(() => {
      this.#isGathering = false
      stream.uncork()
    })
  }
}
