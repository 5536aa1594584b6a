import { AsyncLocalStorage } from 'node:async_hooks'
import type { Kysely } from 'kysely'
import { engineOf } from '../../db/engine.ts'
import type { Schema } from '../../db/schema.ts'

/** Tells whoever asks for it when a transaction of their own work is about to be committed. One for each open database. */
export class CommitWatch {
  readonly #watching = new AsyncLocalStorage<() => void>()

  constructor(db: Kysely<Schema>) {
    engineOf(db).beforeCommit = () => this.#watching.getStore()?.()
  }

  /** @param onCommit what it throws undoes the transaction, and the work fails with it */
  run<T>(onCommit: () => void, work: () => Promise<T>): Promise<T> {
    return this.#watching.run(onCommit, work)
  }
}
