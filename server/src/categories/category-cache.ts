import type { Kysely } from 'kysely'
import type { Cache, Caches } from '../caches.ts'
import type { Schema } from '../db/schema.ts'
import { elapsed } from '../time/elapsed.ts'
import { type CategoryRule, findCategoryRule } from './category.store.ts'

/** How long a rule counts without another look. Unit: milliseconds of the machine's time. */
const TTL_MS = 3000
/** Rules that are kept in mind: about a megabyte. Ids that name nothing are not kept. */
const RULES_MAX = 10_000

/**
 * The rules of categories that were applied for lately, so that the common application costs no query for them. An import by
 * another server is noticed within three seconds; this server forgets all with its own.
 */
export class CategoryCache implements Cache {
  readonly #db: Kysely<Schema>
  readonly #known = new Map<number, { rule: CategoryRule; until: number }>()
  #imports = 0

  constructor(db: Kysely<Schema>, caches: Caches) {
    this.#db = db
    caches.register(this)
  }

  async find(thirdCatId: number): Promise<CategoryRule | undefined> {
    const known = this.#known.get(thirdCatId)
    if (known && known.until > elapsed()) return known.rule
    const imports = this.#imports
    const rule = await findCategoryRule(this.#db, thirdCatId)
    // What was read before an import is not kept behind it.
    if (rule && imports === this.#imports) this.#remember(thirdCatId, rule)
    return rule
  }

  /** After an import, too. */
  empty(): void {
    this.#imports += 1
    this.#known.clear()
  }

  #remember(thirdCatId: number, rule: CategoryRule): void {
    if (this.#known.size >= RULES_MAX) this.#known.clear()
    this.#known.set(thirdCatId, { rule, until: elapsed() + TTL_MS })
  }
}
