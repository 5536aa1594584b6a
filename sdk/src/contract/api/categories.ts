import { endpoint } from '../endpoint.ts'
import { Type } from '../schema.ts'
import { categories } from '../wire/categories.ts'

export const categoryEndpoints = {
  importCategories: endpoint({
    method: 'PUT',
    path: '/categories',
    access: 'category.change',
    summary: 'Add shop categories and renew those that are there',
    body: Type.Object({
      third_cat_list: Type.Array(categories.catGet.answer.properties.third_cat_list.items, { maxItems: 10_000 }),
    }),
    answer: Type.Object({ imported: Type.Integer() }),
  }),
}
