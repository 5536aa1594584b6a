import { type CompiledQuery, SelectQueryNode } from 'kysely'
import type { Outcome, Statement } from './pipeline.ts'

/** A connection of a pool. */
interface ReadConnection {
  send(statements: readonly Statement[]): Promise<Outcome>
  release(): void
}

/** Reads that share a statement at most. */
const READS_MAX = 64
/** Statements that share a connection at most: the last one waits for the others' work. */
const STATEMENTS_MAX = 8

interface Asked {
  select: CompiledQuery
  parameters: readonly unknown[]
  resolve(rows: object[]): void
  reject(reason: unknown): void
}

/**
 * Reads of many requests in few round trips: what a round trip costs both sides is most of what a read by key costs.
 * Those that are asked for until a connection is free, at least until each socket that is readable now has been read, are
 * sent together, and of one select those by key as one statement. They are sent after each was asked for, so each sees
 * everything that was committed before.
 */
export class ReadBatcher {
  readonly #connect: () => Promise<ReadConnection>
  #asked: Asked[] = []
  /** Each read is a statement of its own: one over the keys of several accounts asks every shard. */
  staysApart = false

  constructor(connect: () => Promise<ReadConnection>) {
    this.#connect = connect
  }

  read<Row>(select: CompiledQuery<Row>, parameters: readonly unknown[]): Promise<Row[]> {
    return new Promise((resolve, reject) => {
      if (this.#asked.length === 0) setImmediate(() => void this.#sendAll())
      this.#asked.push({ select, parameters, resolve: resolve as (rows: object[]) => void, reject })
    })
  }

  async #sendAll(): Promise<void> {
    let connection: ReadConnection
    try {
      connection = await this.#connect()
    } catch (error) {
      for (const { reject } of this.#takeAsked()) reject(error)
      return
    }
    const asked = this.#takeAsked()
    const statements = this.staysApart ? asked.map((read) => [read]) : inStatements(asked)
    for (let first = STATEMENTS_MAX; first < statements.length; first += STATEMENTS_MAX) {
      void this.#sendElsewhere(statements.slice(first, first + STATEMENTS_MAX))
    }
    await this.#send(connection, statements.slice(0, STATEMENTS_MAX))
  }

  #takeAsked(): Asked[] {
    const asked = this.#asked
    this.#asked = []
    return asked
  }

  async #sendElsewhere(statements: readonly Asked[][]): Promise<void> {
    try {
      await this.#send(await this.#connect(), statements)
    } catch (error) {
      for (const { reject } of statements.flat()) reject(error)
    }
  }

  async #send(connection: ReadConnection, statements: readonly Asked[][]): Promise<void> {
    for (let left = statements; left.length > 0; ) {
      const { answers, failure } = await connection.send(left.map(toStatement))
      for (const [place, { rows }] of answers.entries()) answerAll(left[place] ?? [], rows)
      for (const { reject } of left[answers.length] ?? []) reject(failure)
      left = left.slice(answers.length + 1)
    }
    connection.release()
  }
}

/** Those that one statement answers stand together. */
function inStatements(asked: readonly Asked[]): Asked[][] {
  const statements: Asked[][] = []
  for (const reads of Map.groupBy(asked, ({ select }) => select).values()) {
    const byKey = reads.filter(isByKey)
    for (let first = 0; first < byKey.length; first += READS_MAX) statements.push(byKey.slice(first, first + READS_MAX))
    for (const read of reads) if (!isByKey(read)) statements.push([read])
  }
  return statements
}

/**
 * Whether a select is one of those that can share a statement: rows of no order, all of them, by whole numbers and hex digits.
 * No other texts, because the wrong one could make the statement fail for those who share it.
 */
function isByKey({ select: { query }, parameters }: Asked): boolean {
  if (!SelectQueryNode.is(query) || query.orderBy || query.limit || query.offset) return false
  return parameters.length > 0 && parameters.every((value) => Number.isSafeInteger(value) || isHex(value))
}

/** A SHA-256, or the key of a link. */
const isHex = (value: unknown): boolean => typeof value === 'string' && /^[0-9a-f]{42,64}$/.test(value)

function toStatement(reads: readonly Asked[]): Statement {
  const [first] = reads
  if (!first) throw new RangeError('no reads')
  const { select, parameters } = first
  if (reads.length === 1) return { sql: select.sql, parameters }
  const lists = parameters.map((_, parameter) => reads.map((read) => read.parameters[parameter]))
  return { sql: forAll(select, parameters), parameters: lists, reads }
}

/** Hand each read its rows, in their order. */
function answerAll(reads: readonly Asked[], rows: Record<string, unknown>[]): void {
  if (reads.length === 1) {
    reads[0]?.resolve(rows)
    return
  }
  const answers = reads.map((): object[] => [])
  for (const { asked_place, ...row } of rows) answers[Number(asked_place) - 1]?.push(row)
  for (const [place, answer] of answers.entries()) reads[place]?.resolve(answer)
}

/** A memo: a text follows from its select alone, and selects are built once. */
const texts = new WeakMap<CompiledQuery, string>()

/** The select, once for each place of its parameters' lists. A parameter is always a number or always a text. */
function forAll(select: CompiledQuery, parameters: readonly unknown[]): string {
  const known = texts.get(select)
  if (known) return known
  const lists = parameters.map((value, index) => `$${index + 1}::${isHex(value) ? 'text' : 'bigint'}[]`)
  const columns = parameters.map((_, index) => `p${index + 1}`)
  const one = select.sql.replaceAll(/\$(\d+)/g, 'asked.p$1')
  const text = `select asked.asked_place, found.* from unnest(${lists}) with ordinality as asked (${columns}, asked_place),
    lateral (${one}) as found`
  texts.set(select, text)
  return text
}
