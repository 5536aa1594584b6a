import type { CompiledQuery, QueryResult } from 'kysely'
import type { OpenTransaction } from '../engine.ts'
import type { Answer, Statement } from './pipeline.ts'
import type { PipeliningClient } from './pipelining-client.ts'

const BEGIN: Statement = { sql: 'begin', parameters: [] }
const COMMIT: Statement = { sql: 'commit', parameters: [] }
const ROLLBACK: Statement = { sql: 'rollback', parameters: [] }

const OVER = 'the transaction is over'

interface Waiting {
  statement: Statement
  /** Absent for one that answers nothing. */
  answered?: { resolve(answer: Answer): void; reject(failure: unknown): void }
}

/**
 * A transaction that sends what waits in one piece: when something is asked, and with the commit. A statement that fails
 * takes those behind it along, the commit too.
 */
export class PostgresTransaction implements OpenTransaction {
  readonly #client: PipeliningClient
  readonly #release: () => void
  #waiting: Waiting[] = []
  #isPlanned = false
  /** The pipeline that is under way. */
  #underWay: Promise<void> | undefined
  #isBegun = false
  #isOver = false
  #failure: { reason: unknown } | undefined

  constructor(client: PipeliningClient, release: () => void) {
    this.#client = client
    this.#release = release
  }

  async ask<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    const { rows, command, rowCount } = await this.#ask({ sql, parameters })
    const isChange = command === 'INSERT' || command === 'UPDATE' || command === 'DELETE' || command === 'MERGE'
    return { rows: rows as Row[], ...(isChange && { numAffectedRows: BigInt(rowCount) }) }
  }

  queue({ sql, parameters }: CompiledQuery): void {
    this.#refuse()
    this.#waiting.push({ statement: { sql, parameters } })
  }

  async commit(): Promise<void> {
    const isNeeded = this.#isBegun || this.#waiting.length > 0
    const committed = isNeeded ? this.#ask(COMMIT) : undefined
    this.#isOver = true
    await committed
    this.#release()
  }

  async rollback(): Promise<void> {
    this.#isOver = true
    for (const { answered } of this.#waiting) answered?.reject(new Error(OVER))
    this.#waiting = []
    await this.#underWay
    if (this.#isBegun) {
      const { failure } = await this.#client.send([ROLLBACK])
      if (failure !== undefined) this.#client.destroy()
    }
    this.#release()
  }

  #ask(statement: Statement): Promise<Answer> {
    this.#refuse()
    const { promise, resolve, reject } = Promise.withResolvers<Answer>()
    this.#waiting.push({ statement, answered: { resolve, reject } })
    this.#plan()
    return promise
  }

  /** The connection is another transaction's by then. */
  #refuse(): void {
    if (this.#isOver) throw new Error(OVER)
  }

  /** What is asked in the same step goes together. */
  #plan(): void {
    if (this.#isPlanned || this.#underWay) return
    this.#isPlanned = true
    process.nextTick(() => {
      this.#isPlanned = false
      // Rolled back in the same step: the connection may be another's already, and must not begin anything.
      if (this.#waiting.length === 0) return
      this.#underWay = this.#send().finally(() => {
        this.#underWay = undefined
        if (this.#waiting.some(({ answered }) => answered)) this.#plan()
      })
    })
  }

  async #send(): Promise<void> {
    const waiting = this.#waiting
    this.#waiting = []
    if (!this.#failure) {
      const opening: Waiting[] = this.#isBegun ? [] : [{ statement: BEGIN }]
      this.#isBegun = true
      const sent = [...opening, ...waiting]
      const { answers, failure } = await this.#client.send(sent.map(({ statement }) => statement))
      for (const [place, answer] of answers.entries()) sent[place]?.answered?.resolve(answer)
      if (answers.length === sent.length) return
      this.#failure = { reason: failure }
    }
    // Those that answered are settled already.
    for (const { answered } of waiting) answered?.reject(this.#failure.reason)
  }
}
