import { api } from '@shenpi/sdk/contract/api'
import { actorName } from '../../actors/actor.ts'
import { importCategories } from '../../categories/import-categories.ts'
import type { Services } from '../../services.ts'
import type { ServeEndpoint } from './endpoint.ts'

export function categoriesRoutes(serve: ServeEndpoint, services: Services): void {
  serve(api.importCategories, async ({ actor, body: { third_cat_list: categories } }) => {
    await importCategories(services, categories, actorName(actor))
    return { imported: categories.length }
  })
}
