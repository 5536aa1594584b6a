import { type CompiledQuery, SelectQueryNode } from 'kysely'

/** A connection of a pool that sends statements without waiting for the answers of those before. */
export interface ReadConnection {
  query(text: string, values: unknown[]): Promise<{ rows: Record<string, unknown>[] }>
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
 * Those that are asked for in one step of the event loop, as by requests that are handled together, are sent together, and
 * of one select those by key as one statement. They are sent after each was asked for, so each sees everything that was
 * committed before.
 */
export class ReadBatcher {
  readonly #connect: () => Promise<ReadConnection>
  #asked: Asked[] = []

  constructor(connect: () => Promise<ReadConnection>) {
    this.#connect = connect
  }

  read<Row>(select: CompiledQuery<Row>, parameters: readonly unknown[]): Promise<Row[]> {
    return new Promise((resolve, reject) => {
      if (this.#asked.length === 0) process.nextTick(() => this.#sendAll())
      this.#asked.push({ select, parameters, resolve: resolve as (rows: object[]) => void, reject })
    })
  }

  #sendAll(): void {
    const statements = inStatements(this.#asked)
    this.#asked = []
    for (let first = 0; first < statements.length; first += STATEMENTS_MAX) {
      void this.#send(statements.slice(first, first + STATEMENTS_MAX))
    }
  }

  async #send(statements: readonly Asked[][]): Promise<void> {
    let connection: ReadConnection
    try {
      connection = await this.#connect()
    } catch (error) {
      for (const { reject } of statements.flat()) reject(error)
      return
    }
    await Promise.all(statements.map((reads) => answer(connection, reads)))
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
 * Whether a select is one of those that can share a statement: rows of no order, all of them, by whole numbers. Numbers
 * alone, because the wrong text could make the statement fail for those who share it.
 */
function isByKey({ select: { query }, parameters }: Asked): boolean {
  if (!SelectQueryNode.is(query) || query.orderBy || query.limit || query.offset) return false
  return parameters.length > 0 && parameters.every(Number.isSafeInteger)
}

/** Settles every read. */
async function answer(connection: ReadConnection, reads: readonly Asked[]): Promise<void> {
  try {
    const answers = await rowsOf(connection, reads)
    for (const [place, rows] of answers.entries()) reads[place]?.resolve(rows)
  } catch (error) {
    for (const { reject } of reads) reject(error)
  }
}

/** The rows of each, in their order. */
async function rowsOf(connection: ReadConnection, reads: readonly Asked[]): Promise<object[][]> {
  const [first] = reads
  if (!first) return []
  const { select, parameters } = first
  if (reads.length === 1) return [(await connection.query(select.sql, [...parameters])).rows]
  const lists = parameters.map((_, parameter) => reads.map((read) => read.parameters[parameter]))
  const { rows } = await connection.query(forAll(select, lists.length), lists)
  const answers = reads.map((): object[] => [])
  for (const { asked_place, ...row } of rows) answers[Number(asked_place) - 1]?.push(row)
  return answers
}

/** A memo: a text follows from its select alone, and selects are built once. */
const texts = new WeakMap<CompiledQuery, string>()

/** The select, once for each place of its parameters' lists. */
function forAll(select: CompiledQuery, parameters: number): string {
  const known = texts.get(select)
  if (known) return known
  const numbers = Array.from({ length: parameters }, (_, index) => index + 1)
  const lists = numbers.map((number) => `$${number}::bigint[]`)
  const columns = numbers.map((number) => `p${number}`)
  const one = select.sql.replaceAll(/\$(\d+)/g, 'asked.p$1')
  const text = `select asked.asked_place, found.* from unnest(${lists}) with ordinality as asked (${columns}, asked_place),
    lateral (${one}) as found`
  texts.set(select, text)
  return text
}
