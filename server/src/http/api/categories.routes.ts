import { api } from '@shenpi/sdk/contract/api'
import { saveCategories } from '../../categories/category.store.ts'
import type { Services } from '../../services.ts'
import type { ServeEndpoint } from './endpoint.ts'

export function categoriesRoutes(serve: ServeEndpoint, { db, categories: cache }: Services): void {
  serve(api.importCategories, async ({ body: { third_cat_list: categories } }) => {
    await saveCategories(db, categories)
    cache.clear()
    return { imported: categories.length }
  })
}
