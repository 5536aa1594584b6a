import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { sql } from 'kysely'
import { DATABASES } from '../../test/databases.ts'
import { isUniqueViolation } from './open.ts'
import { prepared } from './statements.ts'
import { transaction } from './transaction.ts'

const insertPicture = prepared((db, row: { accountId: number; digest: string }) =>
  db.insertInto('picture').values({
    account_id: row.accountId,
    digest: row.digest,
    media_type: 'image/png',
    width: 1,
    height: 1,
    bytes: 1,
    created_at: 0,
  }),
)
const insertLink = prepared((db, row: { accountId: number; digest: string }) =>
  db.insertInto('picture_link').values({
    link_key: row.digest,
    account_id: row.accountId,
    digest: row.digest,
    purpose: 'shop',
    created_at: 0,
  }),
)
const picturesOf = prepared((db, { accountId }: { accountId: number }) =>
  db.selectFrom('picture').select('digest').where('account_id', '=', accountId),
)

const picture = { accountId: 1, digest: 'same' }
/** Two of the same: the second fails. */
const twice = [picture, picture]

for (const kind of DATABASES) {
  describe(`a transaction on ${kind.name}`, () => {
    async function open() {
      const opened = await kind.open()
      const { db } = opened
      const account = { appid: 'wx1', original_id: 'gh', name: 'Acme', secret_hash: '', scene_groups: '[]' }
      await db
        .insertInto('account')
        .values({ ...account, created_at: 0 })
        .execute()
      const written = async () => ({
        pictures: (await db.selectFrom('picture').select('digest').execute()).length,
        links: (await db.selectFrom('picture_link').select('link_key').execute()).length,
      })
      return { opened, db, written }
    }

    test('writes what is queued in the order of the calls, with the commit', async () => {
      const { opened, db, written } = await open()
      await using _ = opened
      await transaction(db, async (trx) => {
        // A link needs its picture.
        for (let count = 0; count < 20; count += 1) {
          await insertPicture(trx, { accountId: 1, digest: `digest ${count}` })
          await insertLink(trx, { accountId: 1, digest: `digest ${count}` })
        }
      })
      assert.deepEqual(await written(), { pictures: 20, links: 20 })
    })

    test('reads what was queued before, also at its beginning', async () => {
      const { opened, db } = await open()
      await using _ = opened
      await transaction(db, async (trx) => {
        await insertPicture(trx, picture)
        assert.deepEqual(await picturesOf(trx, { accountId: 1 }), [{ digest: 'same' }])
        await insertPicture(trx, { accountId: 1, digest: 'other' })
        assert.equal((await trx.selectFrom('picture').selectAll().execute()).length, 2, 'the builder sees it as well')
      })
    })

    test('answers reads that are asked side by side, each with its own rows', async () => {
      const { opened, db } = await open()
      await using _ = opened
      await transaction(db, async (trx) => {
        await insertPicture(trx, picture)
        const [of1, of2, names] = await Promise.all([
          picturesOf(trx, { accountId: 1 }),
          picturesOf(trx, { accountId: 2 }),
          trx.selectFrom('account').select('name').execute(),
        ])
        assert.deepEqual([of1, of2, names], [[{ digest: 'same' }], [], [{ name: 'Acme' }]])
      })
    })

    test('fails at the commit when a queued statement fails, and leaves nothing', async () => {
      const { opened, db, written } = await open()
      await using _ = opened
      let reached = false
      const failing = transaction(db, async (trx) => {
        await insertPicture(trx, picture)
        await insertLink(trx, picture)
        for (const each of twice) await insertPicture(trx, each).catch(() => {})
        reached = true
      })
      await assert.rejects(failing, isUniqueViolation)
      assert.ok(reached)
      assert.deepEqual(await written(), { pictures: 0, links: 0 })
      await transaction(db, (trx) => insertPicture(trx, picture))
      assert.deepEqual(await written(), { pictures: 1, links: 0 }, 'the connection is as good as before')
    })

    test('fails every later statement, and the commit, once one has failed', async () => {
      const { opened, db, written } = await open()
      await using _ = opened
      const failing = transaction(db, async (trx) => {
        for (const each of twice) await insertPicture(trx, each).catch(() => {})
        await assert.rejects(picturesOf(trx, { accountId: 1 }), isUniqueViolation)
        await assert.rejects(trx.selectFrom('account').selectAll().execute(), isUniqueViolation)
        await insertPicture(trx, { accountId: 1, digest: 'behind' }).catch(() => {})
      })
      await assert.rejects(failing, isUniqueViolation)
      assert.deepEqual(await written(), { pictures: 0, links: 0 })
    })

    test('leaves nothing of what was queued or written when the work throws', async () => {
      const { opened, db, written } = await open()
      await using _ = opened
      const failing = transaction(db, async (trx) => {
        await insertPicture(trx, picture)
        await picturesOf(trx, { accountId: 1 })
        await insertLink(trx, picture)
        throw new Error('changed its mind')
      })
      await assert.rejects(failing, /changed its mind/)
      assert.deepEqual(await written(), { pictures: 0, links: 0 })
    })

    test('changes nothing when it asks nothing', async () => {
      const { opened, db, written } = await open()
      await using _ = opened
      assert.equal(await transaction(db, async () => 7), 7)
      assert.deepEqual(await written(), { pictures: 0, links: 0 })
    })

    test('refuses what is asked of it after its end', async () => {
      const { opened, db, written } = await open()
      await using _ = opened
      const ended = await transaction(db, async (trx) => ({ trx }))
      await assert.rejects(picturesOf(ended.trx, { accountId: 1 }), /the transaction is over/)
      await assert.rejects(insertPicture(ended.trx, picture), /the transaction is over/)
      assert.deepEqual(await written(), { pictures: 0, links: 0 })
    })

    test('begins nothing when the work throws in the step in which it asked', async () => {
      const { opened, db } = await open()
      await using _ = opened
      const failing = transaction(db, async (trx) => {
        picturesOf(trx, { accountId: 1 }).catch(() => {})
        throw new Error('changed its mind')
      })
      await assert.rejects(failing, /changed its mind/)
      await insertPicture(db, picture)
      // Over another connection: in a transaction that was left open nobody else would see it.
      assert.deepEqual(await picturesOf(db, { accountId: 1 }), [{ digest: 'same' }])
    })

    test('fails what is asked side by side with what fails, and leaves nothing', async () => {
      const { opened, db, written } = await open()
      await using _ = opened
      const failing = transaction(db, (trx) =>
        Promise.all([
          insertPicture(trx, picture),
          sql`select nonsense`.execute(trx),
          picturesOf(trx, { accountId: 1 }),
          insertLink(trx, picture),
        ]),
      )
      await assert.rejects(failing, /nonsense/)
      assert.deepEqual(await written(), { pictures: 0, links: 0 })
    })

    test('tells how many rows a statement of the builder changed', async () => {
      const { opened, db } = await open()
      await using _ = opened
      const { numUpdatedRows } = await transaction(db, (trx) =>
        trx.updateTable('account').set({ name: 'Other' }).where('account_id', '=', 1).executeTakeFirstOrThrow(),
      )
      assert.equal(numUpdatedRows, 1n)
    })
  })

  if (kind.name !== 'postgres') continue

  test('a transaction on postgres is over when its connection breaks', async () => {
    await using opened = await kind.open()
    const { db } = opened
    const broken = transaction(db, async (trx) => {
      await sql`select pg_terminate_backend(pg_backend_pid())`.execute(trx)
    })
    await assert.rejects(broken)
    assert.equal(await transaction(db, async (trx) => (await sql`select 1`.execute(trx)).rows.length), 1)
  })
}

test('nobody opens a transaction but by the door', () => {
  const src = join(import.meta.dirname, '../..')
  const files = globSync(['src/**/*.ts', 'test/**/*.ts'], { cwd: src }).filter((file) => !file.startsWith('src/db/'))
  const opening = files.filter((file) =>
    readFileSync(join(src, file), 'utf8').includes(['.transaction', '()'].join('')),
  )
  assert.deepEqual(opening, [])
})
