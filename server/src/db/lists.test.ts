import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { DATABASES } from '../../test/databases.ts'
import { insertRows, isIn } from './lists.ts'
import { prepared } from './statements.ts'

interface Row {
  third_cat_id: number
  third_cat_name: string
  qualification: string
}

const COLUMNS = { third_cat_id: 'bigint', third_cat_name: 'text', qualification: 'text' } as const
const insertAll = prepared((db, { rows }: { rows: Row[] }) =>
  insertRows(db, 'category', rows, {
    ...COLUMNS,
    second_cat_id: 'bigint',
    second_cat_name: 'text',
    first_cat_id: 'bigint',
    first_cat_name: 'text',
    qualification_type: 'bigint',
    product_qualification: 'text',
    product_qualification_type: 'bigint',
    scene_group_list: 'text',
  } as typeof COLUMNS),
)
const byName = prepared((db, { names }: { names: string[] }) =>
  db
    .selectFrom('category')
    .select('third_cat_id')
    .where(isIn(db, 'third_cat_name', names, 'text'))
    .orderBy('third_cat_id'),
)

const TEXTS = ['', 'NULL', 'null', '"quoted"', 'back\\slash', 'comma, {brace}', "it's", '换行\n', '😀', '{"a":[1]}']
const rest = {
  second_cat_id: 2,
  second_cat_name: 'b',
  first_cat_id: 1,
  first_cat_name: 'a',
  qualification_type: 0,
  product_qualification: '',
  product_qualification_type: 0,
  scene_group_list: '[]',
}
const rowsOf = (texts: readonly string[]) =>
  texts.map((text, index) => ({ third_cat_id: 2 ** 52 + index, third_cat_name: text, qualification: text, ...rest }))

for (const kind of DATABASES) {
  describe(`a list as one parameter on ${kind.name}`, () => {
    test('keeps every text and number as it is', async () => {
      await using opened = await kind.open()
      const { db } = opened
      await insertAll(db, { rows: rowsOf(TEXTS) })
      const rows = await db
        .selectFrom('category')
        .select(['third_cat_id', 'third_cat_name', 'qualification'])
        .where('third_cat_id', '>=', 2 ** 52)
        .orderBy('third_cat_id')
        .execute()
      assert.deepEqual(
        rows.map((row) => [row.third_cat_id, row.third_cat_name, row.qualification]),
        TEXTS.map((text, index) => [2 ** 52 + index, text, text]),
      )
      for (const [index, text] of TEXTS.entries()) {
        assert.deepEqual(await byName(db, { names: [text] }), [{ third_cat_id: 2 ** 52 + index }])
      }
    })

    test('finds nothing in an empty list, and each of a long one', async () => {
      await using opened = await kind.open()
      const { db } = opened
      const names = Array.from({ length: 300 }, (_, index) => `name ${index}`)
      await insertAll(db, { rows: rowsOf(names) })
      assert.deepEqual(await byName(db, { names: [] }), [])
      assert.equal((await byName(db, { names: [...names, 'name 0', 'nobody'] })).length, 300)
    })

    test('finds a text with half a character where it was bound by itself', async () => {
      await using opened = await kind.open()
      const { db } = opened
      const [row] = rowsOf(['half \ud800 character'])
      assert.ok(row)
      await db.insertInto('category').values(row).execute()
      assert.equal((await byName(db, { names: [row.third_cat_name] })).length, 1)
    })
  })
}
