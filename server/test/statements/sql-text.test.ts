import assert from 'node:assert/strict'
import { test } from 'node:test'
import { plainText } from './sql-text.ts'

const SAME: readonly [postgres: string, sqlite: string, plain: string][] = [
  [
    'select "a"."x", count(*) as "n" from "page" as "a" where "account_id" = $1',
    'SELECT a.x, count(*) AS n\n  FROM page AS a WHERE account_id = ?',
    'select a.x, count(*) as n from page as a where account_id = ?',
  ],
  [
    'select * from page where page_id = any($1::bigint[])',
    'select * from page where page_id in (select value from json_each(?))',
    'select * from page where page_id = any (?)',
  ],
  ["select 'It''s FROM' -- why\n", "select 'It''s FROM'", "select 'It''s FROM'"],
]

for (const [postgres, sqlite, plain] of SAME) {
  test(`statements of both databases are one text: ${plain}`, () => {
    assert.deepEqual([plainText(postgres), plainText(sqlite), plainText(plain)], [plain, plain, plain])
  })
}
