import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { DATABASES } from '../../test/databases.ts'
import { Caches } from '../caches.ts'
import { transaction } from '../db/transaction.ts'
import { saveCategories } from './category.store.ts'
import { CategoryCache } from './category-cache.ts'

const aCategory = (qualification_type: number) => ({
  third_cat_id: 7,
  third_cat_name: 'c',
  second_cat_id: 2,
  second_cat_name: 'b',
  first_cat_id: 1,
  first_cat_name: 'a',
  qualification: '',
  qualification_type,
  product_qualification: '',
  product_qualification_type: 0,
  scene_group_list: [1],
})

for (const kind of DATABASES) {
  describe(`the rules of categories on ${kind.name}`, () => {
    test('are looked up once, and again after an import', async () => {
      await using opened = await kind.open()
      const cache = new CategoryCache(opened.db, new Caches())
      assert.equal(await cache.find(7), undefined)
      await transaction(opened.db, (trx) => saveCategories(trx, [aCategory(1)]))
      assert.equal((await cache.find(7))?.qualification_type, 1)
      await transaction(opened.db, (trx) => saveCategories(trx, [aCategory(2)]))
      assert.equal((await cache.find(7))?.qualification_type, 1)
      cache.empty()
      assert.equal((await cache.find(7))?.qualification_type, 2)
    })

    test('are not kept as they were before an import that ended meanwhile', async () => {
      await using opened = await kind.open()
      const cache = new CategoryCache(opened.db, new Caches())
      await transaction(opened.db, (trx) => saveCategories(trx, [aCategory(1)]))
      const looking = cache.find(7)
      cache.empty()
      await looking
      await transaction(opened.db, (trx) => saveCategories(trx, [aCategory(2)]))
      assert.equal((await cache.find(7))?.qualification_type, 2)
    })
  })
}
