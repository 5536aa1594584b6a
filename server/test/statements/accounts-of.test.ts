import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { accountsOf, namedAccounts } from './accounts-of.ts'

/** Of statements: their parameters, and the accounts that they name with them. */
const OF_ONE_ACCOUNT: readonly [sql: string, parameters: unknown[], accounts: string[]][] = [
  ['select * from "page" where "account_id" = $1 and "page_id" = $2', [1, 7], ['1']],
  ['select * from page where page_id = ? and account_id = ?', [7, 1], ['1']],
  ['select * from page where (account_id = ? and (title = ? or comment = ?))', [1, 'a', 'b'], ['1']],
  ['select * from page where $1 = page.account_id', [1], ['1']],
  ['select * from page where account_id = cast(? as bigint)', [1], ['1']],
  ['select * from page where account_id = any($1::bigint[])', [[1]], ['1']],
  ['select * from page where account_id in (select value from json_each(?))', ['[1]'], ['1']],
  ['select * from page as p inner join device as d on d.account_id = p.account_id where p.account_id = ?', [1], ['1']],
  ['select * from page as p, device as d where d.account_id = p.account_id and p.account_id = ?', [1], ['1']],
  ['select * from page left join device on device.account_id = page.account_id where page.account_id = ?', [1], ['1']],
  ['select * from page join category on category.third_cat_id = page.page_id where account_id = ?', [1], ['1']],
  ['select * from page where account_id = ? union all select * from device where account_id = ?', [1, 1], ['1']],
  ['select * from (select * from page where account_id = ? limit 1) as first', [1], ['1']],
  ['insert into page (account_id, page_id) values ($1, $2), ($3, $4)', [1, 7, 1, 8], ['1']],
  [
    'insert into page (page_id, account_id) select * from unnest($1::bigint[], $2::bigint[])',
    [
      [7, 8],
      [1, 1],
    ],
    ['1'],
  ],
  [
    'insert into page (page_id, account_id) select value ->> 0, value ->> 1 from json_each(?) where true',
    ['[[7,1],[8,1]]'],
    ['1'],
  ],
  ['insert into page (page_id, account_id) select device_id, account_id from device where account_id = ?', [1], ['1']],
  [
    'insert into page (account_id) values (?) on conflict (account_id) do update set title = ? where 1 = 1',
    [1, 'a'],
    ['1'],
  ],
  ['update page set title = ? where account_id = ?', ['a', 1], ['1']],
  ['delete from page where account_id = $2 and page_id = $1', [7, 1], ['1']],
  ['select * from account', [], []],
  ['select * from device_range where last_device_id >= ?', [7], []],
  ["select 'from page' as text", [], []],
]

const UNTIED: readonly [sql: string, tables: string][] = [
  ['truncate "account", "page", "device" restart identity', 'device, page'],
  ['select * from page', 'page'],
  ['select * from "page" where "page_id" = $1', 'page'],
  ['select account_id from page where page_id = ?', 'page'],
  ['select * from page where account_id > ?', 'page'],
  ['select * from page where account_id <> ?', 'page'],
  ['select * from page where not account_id = ?', 'page'],
  ['select * from page where account_id not in (?)', 'page'],
  ['select * from page where account_id = ? or title = ?', 'page'],
  ['select * from page where (account_id = ? or title = ?) and page_id = ?', 'page'],
  ['select * from page where account_id = account_id', 'page'],
  ['select * from page where (account_id, page_id) > (?, ?)', 'page'],
  ['select * from page where case when account_id = ? then 1 else 0 end', 'page'],
  ['select * from page join device on device.device_id = page.page_id where page.account_id = ?', 'device'],
  ['select * from page left join device on page.account_id = ?', 'device, page'],
  ['select * from page right join device on page.account_id = ? where device.account_id = ?', 'page'],
  ['select * from page, device where page.account_id = ?', 'device'],
  ['select * from page as p, page as q where p.account_id = ?', 'page'],
  ['select * from page where account_id = ? union all select * from device', 'device'],
  ['select * from page where account_id = ? and page_id in (select device_id from device)', 'device'],
  ['select * from page where exists (select 1 from device where page.account_id = ?)', 'device, page'],
  ['select (select 1 from device as d where d.account_id = page.account_id) from page where account_id = ?', 'device'],
  ['select * from account where account_id in (select account_id from page)', 'page'],
  ['with found as (select * from page) select * from found where account_id = ?', 'page'],
  ['with old as (select 1) update page set title = ?', 'page'],
  ['insert into page (page_id) values (?)', 'page'],
  ['insert into page (account_id, page_id) select account_id, device_id from device', 'device, page'],
  ['insert into page (account_id) select value ->> 1 from json_each(?) where true', 'page'],
  ['update page set account_id = ?', 'page'],
  ['update page set title = ? from device where device.account_id = ?', 'page'],
  ['delete from page', 'page'],
  ['delete from page using device where device.account_id = ?', 'page'],
]

const OF_SEVERAL: readonly [sql: string, parameters: unknown[]][] = [
  [
    'select * from page where account_id = ? and page_id in (select device_id from device where account_id = ?)',
    [1, 2],
  ],
  ['select * from page where account_id = any($1::bigint[])', [[1, 2]]],
  ['select * from page where account_id in ($1, $2)', [1, 2]],
  ['insert into page (account_id, page_id) values ($1, $2), ($3, $4)', [1, 7, 2, 8]],
  [
    'insert into page (page_id, account_id) select * from unnest($1::bigint[], $2::bigint[])',
    [
      [7, 8],
      [1, 2],
    ],
  ],
  [
    'insert into page (page_id, account_id) select value ->> 0, value ->> 1 from json_each(?) where true',
    ['[[7,1],[8,2]]'],
  ],
]

describe('a statement', () => {
  for (const [sql, parameters, accounts] of OF_ONE_ACCOUNT) {
    test(`is of one account: ${sql}`, () => {
      const { untied, places } = accountsOf(sql)
      assert.deepEqual([untied, [...namedAccounts(places, parameters)]], [[], accounts])
    })
  }

  for (const [sql, tables] of UNTIED) {
    test(`is tied to no account: ${sql}`, () => assert.equal(accountsOf(sql).untied.join(', '), tables))
  }

  for (const [sql, parameters] of OF_SEVERAL) {
    test(`names two accounts: ${sql}`, () => {
      const { untied, places } = accountsOf(sql)
      assert.deepEqual([untied, [...namedAccounts(places, parameters)]], [[], ['1', '2']])
    })
  }
})
