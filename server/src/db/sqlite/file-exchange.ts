import { backup, DatabaseSync, type StatementSync } from 'node:sqlite'
import { pathToFileURL } from 'node:url'
import { MIGRATIONS } from '../schema-migration.ts'

/** The tables of another file were made by other migrations. */
export class OtherRelease extends Error {
  /** @param last the other file's last migration */
  constructor(last: string, own: string) {
    super(`it was made by the release of ${last}, and this is the one of ${own}`)
    this.name = 'OtherRelease'
  }
}

/** One file alone, that can be read without writing beside it. Nobody has it open. */
export function toSingleFile(path: string): void {
  const db = new DatabaseSync(path)
  db.exec('pragma journal_mode=delete')
  db.close()
}

/**
 * Takes what stands in tables of another file of the same schema, and gives a copy of the whole. It has a connection of its
 * own, because it does without foreign keys, which would make the deletion of a table look at each row, and to switch them
 * off and on would make every statement of a connection be prepared again.
 */
export class FileExchange {
  readonly #db: DatabaseSync
  #source = ''
  #statements: StatementSync[] = []

  /** @param synchronous as the writer's: a power cut may take an exchange back, but the next commit makes it last */
  constructor(path: string, synchronous: 'full' | 'off') {
    this.#db = new DatabaseSync(path, { timeout: 2000, enableForeignKeyConstraints: false })
    this.#db.exec(`pragma synchronous=${synchronous === 'full' ? 'normal' : 'off'}; pragma wal_autocheckpoint=4000`)
  }

  /**
   * In one transaction. Nobody else writes meanwhile.
   *
   * @throws OtherRelease when the files were not made by the same migrations
   */
  take(source: string, tables: readonly string[]): void {
    this.#attach(source, tables)
    this.#db.exec('begin immediate')
    try {
      for (const statement of this.#statements) statement.run()
      this.#db.exec('commit')
    } catch (error) {
      this.#db.exec('rollback')
      throw error
    }
  }

  async copyTo(path: string): Promise<void> {
    await backup(this.#db, path)
    toSingleFile(path)
  }

  close(): void {
    this.#db.close()
  }

  #attach(source: string, tables: readonly string[]): void {
    const key = `${source} ${tables.join()}`
    if (this.#source === key) return
    this.#statements = []
    if (this.#source) this.#db.exec('detach source')
    this.#source = ''
    // One that is gone is not made anew.
    this.#db.prepare('attach ? as source').run(`${pathToFileURL(source).href}?mode=rw`)
    try {
      this.#statements = this.#prepare(tables)
      this.#source = key
    } catch (error) {
      this.#db.exec('detach source')
      throw error
    }
  }

  #prepare(tables: readonly string[]): StatementSync[] {
    const [own, theirs] = [this.#migrations('main'), this.#migrations('source')]
    if (own.join() !== theirs.join()) throw new OtherRelease(theirs.at(-1) ?? '', own.at(-1) ?? '')
    const isFilled = (table: string) => this.#db.prepare(`select 1 from source.${table} limit 1`).get() !== undefined
    return [
      ...tables.map((table) => this.#db.prepare(`delete from main.${table}`)),
      ...tables
        .filter(isFilled)
        .map((table) => this.#db.prepare(`insert into main.${table} select * from source.${table}`)),
    ]
  }

  #migrations(schema: 'main' | 'source'): string[] {
    const rows = this.#db.prepare(`select name from ${schema}.${MIGRATIONS} order by name`).all()
    return rows.map(({ name }) => String(name))
  }
}
