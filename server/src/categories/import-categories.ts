import type { Kysely } from 'kysely'
import type { Schema } from '../db/schema.ts'
import { changeInstallation } from '../journal/change-installation.ts'
import type { Clock } from '../time/clock.ts'
import { type Category, saveCategories } from './category.store.ts'
import type { CategoryCache } from './category-cache.ts'

interface ImportParts {
  db: Kysely<Schema>
  clock: Clock
  categories: CategoryCache
}

/** Load a category tree: categories that are there already are renewed. All of it, or nothing. */
export async function importCategories(
  { db, clock, categories: cache }: ImportParts,
  categories: readonly Category[],
  actor: string,
): Promise<void> {
  await changeInstallation(db, async (installation) => {
    await saveCategories(installation.trx, categories)
    const detail = { categories: categories.length }
    installation.append({ at: clock.installation(), actor, action: 'categories.import', detail })
  })
  cache.empty()
}
