import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { DATABASES } from '../../test/databases.ts'
import { prepared, preparedByForm } from './statements.ts'
import { transaction } from './transaction.ts'

const batches = prepared((db, { accountId, least, name }: { accountId: number; least: number; name: string }) =>
  db
    .selectFrom('account')
    .select(['account_id', 'name'])
    .where('account_id', '>=', least)
    .where('account_id', '<>', accountId)
    .where('name', '=', name)
    .where('account_id', '>', 0)
    .orderBy('account_id')
    .limit(2),
)

/** SQLite's rows are objects without a prototype. */
const plain = (rows: object[]) => rows.map((row) => ({ ...row }))

for (const kind of DATABASES) {
  describe(`a prepared statement on ${kind.name}`, () => {
    test('is built once and answers for the parameters of each call', async (t) => {
      await using opened = await kind.open()
      const { db } = opened
      const rows = Array.from({ length: 4 }, (_, index) => ({
        appid: `wx${index}`,
        original_id: 'gh',
        name: index === 3 ? 'Other' : 'Acme',
        secret_hash: '',
        scene_groups: '[]',
        created_at: 0,
      }))
      await db.insertInto('account').values(rows).execute()
      const build = t.mock.fn((on: typeof db, { name }: { name: string }) =>
        on.selectFrom('account').select('account_id').where('name', '=', name).orderBy('account_id'),
      )
      const byName = prepared(build)
      assert.deepEqual(plain(await byName(db, { name: 'Other' })), [{ account_id: 4 }])
      assert.equal((await byName(db, { name: 'Acme' })).length, 3)
      assert.deepEqual(await byName(db, { name: 'nobody' }), [])
      assert.equal(build.mock.callCount(), 1)

      assert.deepEqual(plain(await batches(db, { accountId: 2, least: 1, name: 'Acme' })), [
        { account_id: 1, name: 'Acme' },
        { account_id: 3, name: 'Acme' },
      ])
      assert.deepEqual(plain(await batches(db, { accountId: 1, least: 3, name: 'Acme' })), [
        { account_id: 3, name: 'Acme' },
      ])
    })

    test('is built once for each form', async (t) => {
      await using opened = await kind.open()
      const { db } = opened
      await db.insertInto('beacon_uuid').values({ position: 1, uuid: 'B' }).execute()
      const build = t.mock.fn((on: typeof db, { order }: { order: 'asc' | 'desc' }, { limit }: { limit: number }) =>
        on.selectFrom('beacon_uuid').select('position').orderBy('position', order).limit(limit),
      )
      const uuids = preparedByForm(build)
      assert.deepEqual(plain(await uuids({ order: 'asc' })(db, { limit: 2 })), [{ position: 0 }, { position: 1 }])
      assert.deepEqual(plain(await uuids({ order: 'desc' })(db, { limit: 1 })), [{ position: 1 }])
      assert.deepEqual(plain(await uuids({ order: 'asc' })(db, { limit: 1 })), [{ position: 0 }])
      assert.equal(build.mock.callCount(), 2)
    })

    test('runs inside the transaction that it is given', async () => {
      await using opened = await kind.open()
      const { db } = opened
      const uuids = prepared((on, _: object) => on.selectFrom('beacon_uuid').select('position'))
      await transaction(db, async (trx) => {
        await trx.insertInto('beacon_uuid').values({ position: 1, uuid: 'B' }).execute()
        assert.equal((await uuids(trx, {})).length, 2)
        assert.equal((await uuids(db, {})).length, 1, 'others do not see it yet')
      })
    })
  })
}
