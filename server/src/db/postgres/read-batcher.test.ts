import assert from 'node:assert/strict'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { CompiledQuery } from 'kysely'
import { DATABASES } from '../../../test/databases.ts'
import { type Database, openDatabase } from '../open.ts'
import { prepared } from '../statements.ts'
import { transaction } from '../transaction.ts'
import type { Answer, Outcome, Statement } from './pipeline.ts'
import { ReadBatcher } from './read-batcher.ts'

const accountById = prepared((db, { accountId }: { accountId: number }) =>
  db.selectFrom('account').select(['account_id', 'name']).where('account_id', '=', accountId),
)
const accountByIdAndHash = prepared((db, { accountId, secretHash }: { accountId: number; secretHash: string }) =>
  db
    .selectFrom('account')
    .select('account_id')
    .where('account_id', '=', accountId)
    .where('secret_hash', '=', secretHash),
)
const accountsByName = prepared((db, { name }: { name: string }) =>
  db.selectFrom('account').select('account_id').where('name', '=', name),
)
const accountsFrom = prepared((db, { accountId }: { accountId: number }) =>
  db
    .selectFrom('account')
    .select('account_id')
    .where('account_id', '>=', accountId)
    .orderBy('account_id', 'desc')
    .limit(2),
)

async function insertAccounts(db: Database, count: number, name = 'Acme'): Promise<void> {
  const rows = Array.from({ length: count }, (_, index) => ({
    appid: `wx${name}${index}`,
    original_id: 'gh',
    name: `${name} ${index + 1}`,
    secret_hash: '',
    scene_groups: '[]',
    created_at: 0,
  }))
  await db.insertInto('account').values(rows).execute()
}

for (const kind of DATABASES) {
  describe(`reads that are requested together on ${kind.name}`, () => {
    test('each return their own rows', async () => {
      await using opened = await kind.open()
      const { db } = opened
      await insertAccounts(db, 100)
      // More than share a statement, each twice, and some of nobody.
      const ids = Array.from({ length: 300 }, (_, index) => (index % 150) + 1)
      const found = await Promise.all(ids.map((accountId) => accountById(db, { accountId })))
      const expected = ids.map((id) => (id <= 100 ? [{ account_id: id, name: `Acme ${id}` }] : []))
      assert.deepEqual(found, expected)
    })

    test('share a statement by a number and a hash', async () => {
      await using opened = await kind.open()
      const { db } = opened
      await insertAccounts(db, 3)
      const hashes = ['a', 'b', 'c'].map((letter) => letter.repeat(64))
      for (const [index, secret_hash] of hashes.entries()) {
        await db
          .updateTable('account')
          .set({ secret_hash })
          .where('account_id', '=', index + 1)
          .execute()
      }
      const found = await Promise.all(
        hashes.flatMap((secretHash) => [
          accountByIdAndHash(db, { accountId: 2, secretHash }),
          accountByIdAndHash(db, { accountId: 3, secretHash }),
        ]),
      )
      assert.deepEqual(
        found.map((rows) => rows.map(({ account_id }) => account_id)),
        [[], [], [2], [], [], [3]],
      )
    })

    test('may be the first queries of a database', async () => {
      await using opened = await kind.open()
      await insertAccounts(opened.db, 1)
      const { databaseUrl, dataDir } = opened.place
      const again = await openDatabase({ databaseUrl, sqlitePath: join(dataDir, 'shenpi.db') })
      assert.equal((await accountById(again, { accountId: 1 })).length, 1)
      await again.destroy()
    })

    test('keep their `order by`', async () => {
      await using opened = await kind.open()
      await insertAccounts(opened.db, 5)
      const found = await Promise.all([1, 4, 5].map((accountId) => accountsFrom(opened.db, { accountId })))
      const ids = found.map((rows) => rows.map(({ account_id }) => account_id))
      assert.deepEqual(ids, [[5, 4], [5, 4], [5]])
    })

    test('see what was committed before they were requested', async () => {
      await using opened = await kind.open()
      const { db } = opened
      const readers = Array.from({ length: 20 }, async (_, index) => {
        const name = `Reader ${index}`
        await insertAccounts(db, 1, name)
        const [own] = await accountsByName(db, { name: `${name} 1` })
        const [account] = await accountById(db, { accountId: own?.account_id ?? 0 })
        assert.equal(account?.name, `${name} 1`)
      })
      await Promise.all(readers)
    })

    test('see nothing of an open transaction', async () => {
      await using opened = await kind.open()
      const { db } = opened
      await insertAccounts(db, 2)
      await transaction(db, async (trx) => {
        await trx.updateTable('account').set('name', 'Changed').execute()
        const inside = await Promise.all([1, 2].map((accountId) => accountById(trx, { accountId })))
        const outside = await Promise.all([1, 2].map((accountId) => accountById(db, { accountId })))
        assert.deepEqual(
          inside.flat().map(({ name }) => name),
          ['Changed', 'Changed'],
        )
        assert.deepEqual(
          outside.flat().map(({ name }) => name),
          ['Acme 1', 'Acme 2'],
        )
      })
    })
  })

  if (kind.name !== 'postgres') continue

  /** As a connection does, one statement after another. */
  async function run(db: Database, statements: readonly Statement[]): Promise<Outcome> {
    const answers: Answer[] = []
    for (const { sql, parameters } of statements) {
      try {
        const { rows } = await db.executeQuery<Record<string, unknown>>(CompiledQuery.raw(sql, [...parameters]))
        answers.push({ rows, command: 'SELECT', rowCount: rows.length })
      } catch (failure) {
        return { answers, failure }
      }
    }
    return { answers, failure: undefined }
  }

  describe('reads by key on postgres', () => {
    test('share a statement, up to 64 of them, and others are sent alone', async () => {
      await using opened = await kind.open()
      const { db } = opened
      await insertAccounts(db, 3)
      const sent: string[] = []
      let connections = 0
      const reads = new ReadBatcher(async () => {
        connections += 1
        return {
          send(statements) {
            sent.push(...statements.map((statement) => statement.sql))
            return run(db, statements)
          },
          release: () => {},
        }
      })
      const select = db.selectFrom('account').select('name')
      const byId = select.where('account_id', '=', 0).compile()
      const byName = select.where('name', '=', '').compile()
      const named = await Promise.all([1, 2, 3].map((id) => reads.read(byId, [id])))
      assert.deepEqual(named, [[{ name: 'Acme 1' }], [{ name: 'Acme 2' }], [{ name: 'Acme 3' }]])
      assert.equal(sent.length, 1)
      assert.equal(connections, 1)

      await Promise.all(Array.from({ length: 65 }, (_, id) => reads.read(byId, [id])))
      assert.equal(sent.length, 3)

      const ordered = select.where('account_id', '>=', 0).orderBy('account_id').compile()
      await Promise.all([1, 2].map((id) => reads.read(ordered, [id])))
      assert.equal(sent.length, 5, 'an order would not be kept for sure')

      const bad = reads.read(byName, ['\0'])
      const good = reads.read(byName, ['Acme 2'])
      await assert.rejects(bad)
      assert.deepEqual(await good, [{ name: 'Acme 2' }], 'what one sent does not fail another')
      assert.equal(sent.length, 8, 'what stood behind it was sent again')

      connections = 0
      await Promise.all(Array.from({ length: 9 }, () => reads.read(ordered, [1])))
      assert.equal(connections, 2, 'at most eight statements wait for each other')
    })

    test('share a statement with those that are requested until a connection is free', async () => {
      await using opened = await kind.open()
      const { db } = opened
      await insertAccounts(db, 2)
      const sent: string[] = []
      const { promise: asked, resolve: ask } = Promise.withResolvers<void>()
      const { promise: free, resolve: release } = Promise.withResolvers<void>()
      const reads = new ReadBatcher(async () => {
        ask()
        await free
        return {
          send(statements) {
            sent.push(...statements.map((statement) => statement.sql))
            return run(db, statements)
          },
          release: () => {},
        }
      })
      const byId = db.selectFrom('account').select('name').where('account_id', '=', 0).compile()
      const first = reads.read(byId, [1])
      await asked
      const second = reads.read(byId, [2])
      release()
      assert.deepEqual(await Promise.all([first, second]), [[{ name: 'Acme 1' }], [{ name: 'Acme 2' }]])
      assert.equal(sent.length, 1)
    })

    test('all fail without a connection, and later ones succeed', async () => {
      await using opened = await kind.open()
      const { db } = opened
      let isThere = false
      const reads = new ReadBatcher(async () => {
        if (!isThere) throw new Error('no connection')
        return { send: (statements) => run(db, statements), release: () => {} }
      })
      const byId = db.selectFrom('account').select('name').where('account_id', '=', 0).compile()
      const outcomes = await Promise.allSettled([1, 2].map((id) => reads.read(byId, [id])))
      assert.deepEqual(
        outcomes.map(({ status }) => status),
        ['rejected', 'rejected'],
      )
      isThere = true
      assert.deepEqual(await reads.read(byId, [1]), [])
    })
  })
}
