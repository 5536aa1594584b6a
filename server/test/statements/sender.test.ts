import assert from 'node:assert/strict'
import { test } from 'node:test'
import { senderOf } from './sender.ts'

const ROOT = new URL('../../../', import.meta.url).href
const KYSELY = `    at SelectQueryBuilderImpl.execute (${ROOT}node_modules/kysely/dist/query-builder.js:1:2)`
const PREPARED = `    at ${ROOT}server/src/db/statements.ts:33:39`
const STORE = `    at listPages (${ROOT}server/src/pages/page.store.ts:40:3)`
const TEST = `    at TestContext.<anonymous> (${ROOT}server/src/pages/page.test.ts:9:3)`
const OF_STATEMENTS = `    at ${ROOT}server/src/db/statements.test.ts:9:3`

const senderIn = (...frames: string[]) => senderOf(['Error', ...frames].join('\n'))

test('a statement is of the store that compiles it, whoever calls that', () => {
  assert.equal(senderIn(KYSELY, STORE, TEST), 'listPages, server/src/pages/page.store.ts:40')
})

test('a statement that a test compiles is its own', () => assert.equal(senderIn(KYSELY, TEST, STORE), undefined))

test('a prepared statement is of who calls for it', () => {
  assert.equal(senderIn(PREPARED, STORE, TEST), 'listPages, server/src/pages/page.store.ts:40')
})

test('a prepared statement that a test calls for is of a store, unless that test prepares some', () => {
  const made = `    at ${ROOT}server/test/sdk.test.ts:9:3`
  assert.equal(senderIn(PREPARED, made), 'server/test/sdk.test.ts:9')
  assert.equal(senderIn(PREPARED, OF_STATEMENTS), undefined)
})

test('a migration reads what it likes', () => {
  assert.equal(senderIn(KYSELY, `    at up (${ROOT}server/src/db/migrations/0001-foundation.ts:1:1)`, STORE), undefined)
})
