import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { elapsed } from '../../time/elapsed.ts'

/** A group is committed when it holds this many transactions, or is this old, even if more are waiting. */
export const GROUP_MAX = 256
const GROUP_MAX_MS = 5
/** How long a transaction may wait for its turn, in milliseconds. */
const TURN_TIMEOUT_MS = 10_000

interface Turn {
  take: () => void
  refuse: (error: Error) => void
}

/**
 * Runs transactions one after another on one SQLite connection and commits those that arrive together with one fsync.
 * Each is a savepoint of its own, so that one can roll back alone, and its `commit` resolves only once the whole group
 * is on disk.
 */
export class GroupCommit {
  readonly #db: DatabaseSync
  readonly #savepoint: StatementSync
  readonly #release: StatementSync
  readonly #waiting: Turn[] = []
  #members: { resolve: () => void; reject: (error: unknown) => void }[] = []
  #taken = false
  #openedAt = 0
  #flushPlanned = false

  constructor(db: DatabaseSync) {
    this.#db = db
    this.#savepoint = db.prepare('savepoint member')
    this.#release = db.prepare('release member')
  }

  /** Whether the transaction is open still: some errors make SQLite roll it back by itself. */
  get isOpen(): boolean {
    return this.#db.isTransaction
  }

  /** Wait for the turn and open a savepoint. @throws Error when the turn does not come in time. */
  async begin(): Promise<void> {
    if (this.#taken) await this.#turn()
    this.#taken = true
    try {
      if (!this.#db.isTransaction) {
        this.#db.exec('begin immediate')
        this.#openedAt = elapsed()
      }
      this.#savepoint.run()
    } catch (error) {
      this.#pass()
      throw error
    }
  }

  /** Close the savepoint and wait until the group that it belongs to is on disk. */
  async commit(): Promise<void> {
    try {
      this.#release.run()
    } catch (error) {
      this.#lose(error)
      this.#pass()
      throw error
    }
    const durable = new Promise<void>((resolve, reject) => {
      this.#members.push({ resolve, reject })
    })
    if (this.#members.length >= GROUP_MAX || elapsed() - this.#openedAt > GROUP_MAX_MS) this.#flush()
    this.#pass()
    return durable
  }

  rollback(): void {
    try {
      // A full disk or an I/O error makes SQLite roll back the whole group, not only the statement's savepoint.
      if (this.#db.isTransaction) this.#db.exec('rollback to member; release member')
      else this.#lose(new Error('the database rolled the group of transactions back'))
    } catch (error) {
      // What the member wrote may stand there still: nothing of the group is kept.
      this.#lose(error)
      throw error
    } finally {
      this.#pass()
    }
  }

  /** Run what is a transaction by itself. */
  async run<T>(work: () => T): Promise<T> {
    await this.begin()
    let result: T
    try {
      result = work()
    } catch (error) {
      this.rollback()
      throw error
    }
    await this.commit()
    return result
  }

  /** Run something while no transaction is open: between two groups. */
  async alone<T>(work: () => T | Promise<T>): Promise<T> {
    if (this.#taken) await this.#turn()
    this.#taken = true
    try {
      this.#flush()
      return await work()
    } finally {
      this.#pass()
    }
  }

  /** Commit what is waiting for it, before the connection is closed. */
  close(): void {
    if (this.#taken) this.#lose(new Error('the database was closed under an open transaction'))
    else this.#flush()
  }

  #turn(): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.splice(this.#waiting.indexOf(turn), 1)
        turn.refuse(new Error('the database is busy: no turn for a transaction came'))
      }, TURN_TIMEOUT_MS)
      const turn: Turn = {
        take: () => {
          clearTimeout(timer)
          resolve()
        },
        refuse: reject,
      }
      this.#waiting.push(turn)
    })
  }

  #pass(): void {
    const next = this.#waiting.shift()
    if (next) {
      next.take()
      return
    }
    this.#taken = false
    if (this.#flushPlanned) return
    this.#flushPlanned = true
    // After the sockets that are readable now have been read, so that their transactions join the group.
    setImmediate(() => {
      this.#flushPlanned = false
      // Nothing waits any more where the database was closed in between.
      if (!this.#taken && this.#db.isOpen) this.#flush()
    })
  }

  #flush(): void {
    const members = this.#members
    this.#members = []
    if (!this.#db.isOpen || !this.#db.isTransaction) return
    try {
      this.#db.exec('commit')
    } catch (error) {
      if (this.#db.isTransaction) this.#db.exec('rollback')
      for (const member of members) member.reject(error)
      return
    }
    for (const member of members) member.resolve()
  }

  #lose(error: unknown): void {
    if (this.#db.isTransaction) this.#db.exec('rollback')
    const members = this.#members
    this.#members = []
    for (const member of members) member.reject(error)
  }
}
