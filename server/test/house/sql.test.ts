import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { sourcesOf } from './sources.ts'
import { holdsSql } from './sql.ts'

const MAY_HOLD_SQL = [/\.store\.ts$/, /^server\/src\/db\//]

test('SQL stands in stores and in db/ alone', () => {
  const elsewhere = sourcesOf('server/src')
    .filter(({ path }) => !MAY_HOLD_SQL.some((pattern) => pattern.test(path)))
    .filter(({ text }) => holdsSql(text))
    .map(({ path }) => path)
  assert.deepEqual(elsewhere, [])
})

describe('the guard against SQL', () => {
  const SQL = [
    "import { sql } from 'kysely'",
    "import { sql as s } from 'kysely'",
    "import { type Kysely, sql } from 'kysely'",
    "import { sql, type Kysely } from 'kysely'",
    "import * as kysely from 'kysely'",
    "import kysely, { type Kysely } from 'kysely'",
    "import { jsonArrayFrom } from 'kysely/helpers/postgres'",
    "export { sql } from 'kysely'",
    "const { sql } = await import('kysely')",
    "db.selectFrom('account')",
    "db?.selectFrom('account')",
    'db\n  .insertInto(table)',
    "trx.replaceInto('device')",
    "trx.mergeInto('device')",
    "trx.updateTable('device')",
    "trx.deleteFrom('device')",
    "db.with('recent', recent)",
    'db.executeQuery<Row>(compiled)',
    'run(db.executeQuery)',
  ]
  for (const source of SQL) test(`finds ${JSON.stringify(source)}`, () => assert.ok(holdsSql(source)))

  const NO_SQL = [
    "import type { Kysely } from 'kysely'",
    "import type * as kysely from 'kysely'",
    "import { type Kysely, type Transaction } from 'kysely'",
    "import {\n  type Kysely,\n  type Transaction,\n} from 'kysely'",
    "import { sql } from './statements.ts'\nimport type { Kysely } from 'kysely'",
    "import { x } from 'kysely-like'",
    "// db.selectFrom('account')",
    'const selectFrom = 1',
  ]
  for (const source of NO_SQL) test(`lets ${JSON.stringify(source)} through`, () => assert.ok(!holdsSql(source)))
})
