import pg from 'pg'
import { serialize } from 'pg-protocol'

/** A statement with the values of its parameters. */
export interface Statement {
  readonly sql: string
  readonly parameters: readonly unknown[]
  /** What it was made of, when it answers several reads. */
  readonly reads?: readonly { readonly select: { readonly sql: string }; readonly parameters: readonly unknown[] }[]
}

/** What a statement answered. */
export interface Answer {
  rows: Record<string, unknown>[]
  /** As PostgreSQL names it: `INSERT`, `SELECT`, … */
  command: string
  /** Rows that it changed or found; 0 where it counts none. */
  rowCount: number
}

/**
 * What became of a pipeline. The statement behind the last that answered is the one that failed; none behind it ran. Where all
 * answered it is the sync that failed: with it what is written outside of a transaction is committed.
 */
export interface Outcome {
  answers: Answer[]
  /** Why a statement, or the sync, failed; undefined when all went well. */
  failure: unknown
}

/** Statements that a connection prepares by name; rarer ones are prepared for one use. */
const NAMED_MAX = 500
const INT8 = 20

interface Column {
  name: string
  parse: (text: string) => unknown
}

/** A statement as one connection knows it. */
interface Prepared {
  /** Empty: PostgreSQL forgets it with the next one that has no name. */
  name: string
  columns: readonly Column[]
  /** Whether it answered once, so that its name and columns are known on both sides. */
  isKnown: boolean
}

/** The statements that a connection has prepared, by their text. */
export class PreparedStatements {
  readonly #byText = new Map<string, Prepared>()

  of(sql: string): Prepared {
    const known = this.#byText.get(sql)
    if (known) return known
    const isNamed = this.#byText.size < NAMED_MAX
    const prepared = { name: isNamed ? `s${this.#byText.size}` : '', columns: [], isKnown: false }
    if (isNamed) this.#byText.set(sql, prepared)
    return prepared
  }
}

/**
 * Statements that go to PostgreSQL in one piece, with one sync behind them, and are answered in one piece. They run in their
 * order; when one fails none behind it runs.
 */
export class Pipeline implements pg.Submittable {
  readonly #statements: readonly Statement[]
  readonly #prepared: readonly Prepared[]
  readonly #onEnd: (outcome: Outcome) => void
  readonly #answers: Answer[] = []
  #rows: Record<string, unknown>[] = []
  /** `pg` puts its deadline around it. */
  callback: (error?: unknown) => void
  /** That deadline, where it is not the connection's. */
  readonly query_timeout: number | undefined

  /**
   * @param onLate called when no answer has come within `answerMs`
   * @param answerMs by default the connection's deadline
   */
  constructor(
    statements: readonly Statement[],
    known: PreparedStatements,
    {
      onEnd,
      onLate,
      answerMs,
    }: { onEnd: (outcome: Outcome) => void; onLate: () => void; answerMs?: number | undefined },
  ) {
    this.query_timeout = answerMs
    this.#statements = statements
    this.#prepared = statements.map(({ sql }) => known.of(sql))
    this.#onEnd = onEnd
    this.callback = (error) => {
      if (error !== undefined) onLate()
    }
  }

  submit(connection: pg.Connection): void {
    // One that is not writable has ended: what waits on it fails with it.
    if (connection.stream.writable) connection.stream.write(Buffer.concat(this.#messages()))
  }

  handleRowDescription({ fields }: { fields: readonly { name: string; dataTypeID: number }[] }): void {
    const prepared = this.#prepared[this.#answers.length]
    if (prepared) prepared.columns = fields.map(({ name, dataTypeID }) => ({ name, parse: parserOf(dataTypeID) }))
  }

  handleDataRow({ fields }: { fields: readonly (string | null)[] }): void {
    const columns = this.#prepared[this.#answers.length]?.columns ?? []
    const row: Record<string, unknown> = {}
    for (let place = 0; place < columns.length; place += 1) {
      const column = columns[place]
      const text = fields[place]
      if (column) row[column.name] = text === null || text === undefined ? null : column.parse(text)
    }
    this.#rows.push(row)
  }

  handleCommandComplete({ text }: { text: string }): void {
    const prepared = this.#prepared[this.#answers.length]
    if (prepared) prepared.isKnown = prepared.name !== ''
    const [command = ''] = text.split(' ', 1)
    this.#answers.push({ rows: this.#rows, command, rowCount: Number(/\d+$/.exec(text)?.[0] ?? 0) })
    this.#rows = []
  }

  handleEmptyQuery(): void {
    this.handleCommandComplete({ text: '' })
  }

  handleReadyForQuery(): void {
    this.#end(undefined)
  }

  handleError(failure: unknown): void {
    const failed = this.#prepared[this.#answers.length]
    // Its columns may have changed by a migration beside this server: it is parsed anew.
    if (failed) failed.isKnown = false
    this.#end(failure)
  }

  #messages(): Buffer[] {
    const messages: Buffer[] = []
    const parsed = new Set<Prepared>()
    for (const [place, prepared] of this.#prepared.entries()) {
      const { sql = '', parameters = [] } = this.#statements[place] ?? {}
      const { name, isKnown } = prepared
      if (!isKnown && !parsed.has(prepared)) {
        // It may stand there from a try that failed.
        if (name) messages.push(serialize.close({ type: 'S', name }))
        messages.push(serialize.parse({ name, text: sql }), serialize.describe({ type: 'S', name }))
        if (name) parsed.add(prepared)
      }
      messages.push(serialize.bind({ statement: name, values: parameters.map(toText) }), serialize.execute())
    }
    messages.push(serialize.sync())
    return messages
  }

  #end(failure: unknown): void {
    this.callback()
    this.#onEnd({ answers: this.#answers, failure })
  }
}

/** 64-bit numbers arrive as numbers: all ours are below 2⁵³. */
function parserOf(type: number): (text: string) => unknown {
  return type === INT8 ? Number : pg.types.getTypeParser(type, 'text')
}

/** A value as PostgreSQL reads it. */
function toText(value: unknown): string | null {
  if (value === null || value === undefined) return null
  if (typeof value === 'string') return value
  if (Array.isArray(value)) return `{${value.map(toElement).join()}}`
  return String(value)
}

function toElement(value: unknown): string {
  if (value === null || value === undefined) return 'null'
  if (typeof value !== 'string') return String(value)
  return `"${value.replaceAll(/["\\]/g, '\\$&')}"`
}
