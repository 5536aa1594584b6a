import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Client } from 'pg'
import { createPostgresDatabase, toDatabaseUrl } from './test-database.ts'

const WITHOUT_SERVER = !process.env.TEST_DATABASE_URL && 'TEST_DATABASE_URL is not set.'

test('a test database is empty, separate, and dropped under open connections', { skip: WITHOUT_SERVER }, async () => {
  const [database, other] = await Promise.all([createPostgresDatabase(), createPostgresDatabase()])
  assert.notEqual(database.url, other.url)

  const client = new Client({ connectionString: database.url })
  client.on('error', () => {}) // dropping the database ends the session
  await client.connect()
  const { rows } = await client.query(`select count(*)::int as tables from pg_tables where schemaname = 'public'`)
  assert.deepEqual(rows, [{ tables: 0 }])

  await Promise.all([database.drop(), other.drop()])
  await assert.rejects(new Client({ connectionString: database.url }).connect(), { code: '3D000' }) // no such database
})

for (const [url, expected] of [
  ['postgresql:///postgres?host=%2Ftmp%2Fa&user=u', 'postgresql:///fresh?host=%2Ftmp%2Fa&user=u'],
  ['postgresql://u@/postgres?host=/tmp/a', 'postgresql://u@/fresh?host=/tmp/a'],
  ['postgres://u:p%2F@db:5433/postgres?sslmode=require', 'postgres://u:p%2F@db:5433/fresh?sslmode=require'],
  ['postgres://u@[::1]:5432', 'postgres://u@[::1]:5432/fresh'],
  ['postgres://db?host=/tmp/a', 'postgres://db/fresh?host=/tmp/a'],
] as const) {
  test(`toDatabaseUrl changes only the database in ${url}`, () => assert.equal(toDatabaseUrl(url, 'fresh'), expected))
}

test('toDatabaseUrl refuses what is not a URL', () => assert.throws(() => toDatabaseUrl('host=db', 'fresh')))
