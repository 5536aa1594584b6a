import { DatabaseSync, type SQLInputValue } from 'node:sqlite'
import pg from 'pg'

/** As many as Shenpi opens. Source: server/src/db/postgres/dialect.ts. */
const POSTGRES_CONNECTIONS = 16

export interface Statement {
  /** PostgreSQL prepares it under this name. */
  name: string
  text: string
}

// biome-ignore lint/suspicious/noExplicitAny: the author of a statement knows its columns
type Row = any

/** Statements with their values, one after another: each is answered with its rows before the next one is known. */
export type Work<T> = Generator<readonly [Statement, readonly unknown[]], T, Row[]>

export interface BaselineDatabase {
  read<T>(work: Work<T>): T | Promise<T>
  /** In a transaction, on disk when it is done. */
  write<T>(work: Work<T>): T | Promise<T>
  /** One statement that is a transaction by itself, on disk when it is done. */
  writeOne(statement: Statement, values: readonly unknown[]): unknown
}

function* one(statement: Statement, values: readonly unknown[]): Work<void> {
  yield [statement, values]
}

/** @param inGroups requests that arrive together share a transaction, and with it the fsync */
export function sqlite(file: string, { inGroups }: { inGroups: boolean }): BaselineDatabase {
  const db = new DatabaseSync(file, { enableForeignKeyConstraints: true })
  db.exec('pragma journal_mode=wal; pragma synchronous=full; pragma journal_size_limit=67108864')
  const reader = new DatabaseSync(file, { readOnly: true })
  const onReader = runOn(reader)
  const onWriter = runOn(db)
  if (!inGroups) {
    const write = <T>(work: Work<T>): T => {
      db.exec('begin immediate')
      const result = onWriter(work)
      db.exec('commit')
      return result
    }
    return { read: onReader, write, writeOne: (statement, values) => write(one(statement, values)) }
  }
  let group: PromiseWithResolvers<void> | undefined
  const write = async <T>(work: Work<T>): Promise<T> => {
    if (!group) {
      const opened = Promise.withResolvers<void>()
      group = opened
      db.exec('begin immediate')
      setImmediate(() => {
        group = undefined
        db.exec('commit')
        opened.resolve()
      })
    }
    const { promise } = group
    const result = onWriter(work)
    await promise
    return result
  }
  return { read: onReader, write, writeOne: (statement, values) => write(one(statement, values)) }
}

function runOn(db: DatabaseSync) {
  const prepared = new Map<Statement, ReturnType<typeof prepare>>()
  const prepare = ({ text }: Statement) => {
    // A write transaction locks everything anyway.
    const statement = db.prepare(text.replaceAll('$', '?').replace(' for update', ''))
    const answers = statement.columns().length > 0
    return (values: readonly unknown[]): Row[] => {
      if (answers) return statement.all(...(values as SQLInputValue[]))
      statement.run(...(values as SQLInputValue[]))
      return []
    }
  }
  return <T>(work: Work<T>): T => {
    for (let rows: Row[] = []; ; ) {
      const next = work.next(rows)
      if (next.done) return next.value
      const [statement, values] = next.value
      const run = prepared.get(statement) ?? prepare(statement)
      prepared.set(statement, run)
      rows = run(values)
    }
  }
}

export function postgres(connectionString: string): BaselineDatabase {
  const { INT8 } = pg.types.builtins
  const pool = new pg.Pool({
    connectionString,
    max: POSTGRES_CONNECTIONS,
    types: { getTypeParser: (oid, format) => (oid === INT8 ? Number : pg.types.getTypeParser(oid, format)) },
  })
  const runOn = async <T>(client: pg.PoolClient, work: Work<T>): Promise<T> => {
    for (let rows: Row[] = []; ; ) {
      const next = work.next(rows)
      if (next.done) return next.value
      const [{ name, text }, values] = next.value
      rows = (await client.query({ name, text, values: values as unknown[] })).rows
    }
  }
  const runAlone = async <T>(work: Work<T>): Promise<T> => {
    const client = await pool.connect()
    const result = await runOn(client, work)
    client.release()
    return result
  }
  return {
    read: runAlone,
    writeOne: (statement, values) => runAlone(one(statement, values)),
    async write(work) {
      const client = await pool.connect()
      await client.query('begin')
      const result = await runOn(client, work)
      await client.query('commit')
      client.release()
      return result
    },
  }
}
