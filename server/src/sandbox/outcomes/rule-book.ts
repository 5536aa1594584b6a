import { OUTCOME_RULES_MAX } from '@shenpi/sdk/contract/api/sandbox-outcomes'
import type { Kysely } from 'kysely'
import type { Cache, Caches } from '../../caches.ts'
import type { Database } from '../../db/open.ts'
import type { Schema } from '../../db/schema.ts'
import { transaction } from '../../db/transaction.ts'
import { Problem } from '../../problem.ts'
import { deleteRules, listRules, upsertRules } from './outcome-rule.store.ts'
import type { NamedRule, OutcomeRule } from './outcome-rule.ts'

/** Accounts whose rules are kept in mind. */
const ACCOUNTS_MAX = 1000

/**
 * The rules of accounts, kept in mind: a sandbox is one process, which forgets what it changes. Whose they are: an account's,
 * or those of `ALL_ACCOUNTS`.
 */
export class RuleBook implements Cache {
  readonly #db: Database
  readonly #known = new Map<number, readonly OutcomeRule[]>()
  /** Goes up with every change: what was asked for before one is not kept after it. */
  #changes = 0
  /** The last change that is under way: they go one after the other. */
  #last: Promise<unknown> = Promise.resolve()

  constructor(db: Database, caches: Caches) {
    this.#db = db
    caches.register(this)
  }

  /** In their order. @param db a transaction asks within itself */
  async rulesOf(db: Kysely<Schema>, accountId: number): Promise<readonly OutcomeRule[]> {
    const known = this.#known.get(accountId)
    if (known) return known
    const changes = this.#changes
    const rules = await listRules(db, accountId)
    if (changes !== this.#changes) return rules
    if (this.#known.size >= ACCOUNTS_MAX) this.#known.clear()
    this.#known.set(accountId, rules)
    return rules
  }

  /** As they are now, with their hits. */
  list(accountId: number): Promise<OutcomeRule[]> {
    return listRules(this.#db, accountId)
  }

  /** Put one rule. @throws Problem `outcome_rule.too_many` */
  put(accountId: number, rule: NamedRule): Promise<OutcomeRule> {
    return this.#change(accountId, async (trx, before) => {
      const old = before.find(({ name }) => name === rule.name)
      if (!old && before.length >= OUTCOME_RULES_MAX) throw new Problem('outcome_rule.too_many')
      const position = rule.position ?? old?.position ?? (before.at(-1)?.position ?? 0) + 1
      await upsertRules(trx, [{ ...rule, accountId, position, hits: 0 }])
      const after = (await listRules(trx, accountId)).find(({ name }) => name === rule.name)
      if (!after) throw new Error(`the rule ${rule.name} was put and is not there`)
      return after
    })
  }

  /** Put rules in the place of all that were there, in this order. */
  set(accountId: number, rules: readonly NamedRule[]): Promise<OutcomeRule[]> {
    const names = rules.map(({ name }) => name)
    return this.#change(accountId, async (trx, before) => {
      const gone = before.flatMap(({ name }) => (names.includes(name) ? [] : name))
      await deleteRules(trx, accountId, gone)
      await upsertRules(
        trx,
        rules.map((rule, index) => ({ ...rule, accountId, position: index + 1, hits: 0 })),
      )
      return await listRules(trx, accountId)
    })
  }

  /** @throws Problem `outcome_rule.unknown` */
  delete(accountId: number, name: string): Promise<void> {
    return this.#change(accountId, async (trx, before) => {
      if (!before.some((rule) => rule.name === name)) throw new Problem('outcome_rule.unknown')
      await deleteRules(trx, accountId, [name])
    })
  }

  empty(accountId?: number): void {
    this.#changes += 1
    if (accountId === undefined) this.#known.clear()
    else this.#known.delete(accountId)
  }

  #change<T>(
    accountId: number,
    work: (trx: Parameters<typeof upsertRules>[0], before: readonly OutcomeRule[]) => Promise<T>,
  ): Promise<T> {
    const change = async () => {
      try {
        return await transaction(this.#db, async (trx) => await work(trx, await listRules(trx, accountId)))
      } finally {
        this.empty(accountId)
      }
    }
    const done = this.#last.then(change)
    this.#last = done.catch(() => {})
    return done
  }
}
