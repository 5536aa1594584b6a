import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import type { Database } from '../../src/db/open.ts'
import { DATABASES } from '../databases.ts'
import { columnsOfSchema, describeColumn } from './schema-columns.ts'

/** What the two databases call the types that we use. */
const HOLDS: Readonly<Record<string, 'number' | 'text'>> = {
  int4: 'number',
  int8: 'number',
  float8: 'number',
  INTEGER: 'number',
  REAL: 'number',
  text: 'text',
  TEXT: 'text',
}

/** Keys that SQLite counts by itself: it says of them that they may be null, and gives each a number. */
async function countedKeys(db: Database): Promise<string[]> {
  const { rows } = await sql<{ key: string }>`
    select t.name || '.' || c.name as key from sqlite_master t, pragma_table_info(t.name) c
    where t.type = 'table' and c.pk = 1 and c.type = 'INTEGER'
      and not exists (select * from pragma_index_list(t.name) i where i.origin = 'pk')`.execute(db)
  return rows.map(({ key }) => key)
}

async function columnsOfDatabase(db: Database, isSqlite: boolean): Promise<string[]> {
  const counted = isSqlite ? await countedKeys(db) : []
  const tables = await db.introspection.getTables()
  return tables
    .filter(({ name }) => !/^(sqlite_|schema_migration)/.test(name))
    .flatMap(({ name: table, columns }) =>
      columns.map(({ name, dataType, isNullable }) => {
        const holds = HOLDS[dataType]
        assert.ok(holds, `${table}.${name} is of type ${dataType}`)
        return describeColumn(table, name, holds, isNullable && !counted.includes(`${table}.${name}`))
      }),
    )
    .sort()
}

for (const kind of DATABASES) {
  test(`db/schema.ts and the tables on ${kind.name} have the same columns`, async () => {
    await using opened = await kind.open()
    const columns = columnsOfSchema()
    assert.ok(columns.length > 150, `${columns.length} columns`)
    assert.deepEqual(await columnsOfDatabase(opened.db, kind.name === 'sqlite'), columns)
  })
}
