import pg from 'pg'
import { elapsed } from '../../time/elapsed.ts'
import { tellStatement } from '../engine.ts'
import type { SessionSettings } from './citus.ts'
import { type Answer, type Outcome, Pipeline, PreparedStatements, type Statement } from './pipeline.ts'

/** A connection that sends statements in pipelines, and prepares each once. */
export class PipeliningClient extends pg.Client {
  readonly #prepared = new PreparedStatements()
  #heardAt = elapsed()
  #settings: SessionSettings | undefined

  constructor(config?: string | pg.ClientConfig) {
    super(config)
    // The pool listens only while nobody uses the connection. One that breaks in use fails the statement that runs on
    // it, or the next one; unheard, its event would end the process.
    this.on('error', () => {})
    this.connection.on('readyForQuery', () => {
      this.#heardAt = elapsed()
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

  /** Set what holds for this connection from now on, unless it does already. Answers whether it went well. */
  async takes(settings: SessionSettings): Promise<boolean> {
    if (this.#settings === settings) return true
    try {
      await super.query(settings.sql)
      this.#settings = settings
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

  /** Send statements in one piece. One that is late ends the connection. */
  send(statements: readonly Statement[]): Promise<Outcome> {
    for (const { sql, parameters, reads } of statements) {
      if (reads) for (const { select, parameters } of reads) tellStatement(select.sql, parameters)
      else tellStatement(sql, parameters)
    }
    const answerMs = this.#settings?.answerMs
    return new Promise((resolve) => {
      super.query(new Pipeline(statements, this.#prepared, { onEnd: resolve, onLate: () => this.destroy(), answerMs }))
    })
  }

  /** Send a statement and wait for its answer. @throws what it failed with, or the commit that comes with the sync */
  async ask(statement: Statement): Promise<Answer> {
    const { answers, failure } = await this.send([statement])
    const [answer] = answers
    // Also of one that answered: what is no part of a transaction is committed after its answer.
    if (failure !== undefined || !answer) throw failure
    return answer
  }

  // biome-ignore lint/suspicious/noExplicitAny: pg overloads `query` a dozen ways, all but Kysely's pass through untouched
  override query(text: any, values?: any, callback?: any): any {
    if (typeof text === 'string' && Array.isArray(values)) return this.ask({ sql: text, parameters: values })
    return super.query(text, values, callback)
  }
}
