import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { DATABASES } from '../../test/databases.ts'
import { isUniqueViolation } from './open.ts'
import { pipelined } from './pipelined.ts'
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

for (const kind of DATABASES) {
  describe(`statements of a transaction that do not wait for each other on ${kind.name}`, () => {
    async function open() {
      const opened = await kind.open()
      const { db } = opened
      const account = {
        appid: 'wx1',
        original_id: 'gh',
        name: 'Acme',
        secret_hash: '',
        scene_groups: '[]',
        created_at: 0,
      }
      await db.insertInto('account').values(account).execute()
      const links = async () => (await db.selectFrom('picture_link').select('link_key').execute()).length
      return { opened, db, links }
    }

    test('run in the order in which they are listed', async () => {
      const { opened, db, links } = await open()
      await using _ = opened
      const digests = Array.from({ length: 20 }, (_, index) => `digest ${index}`)
      await transaction(db, async (trx) => {
        // A link needs its picture.
        const pairs = digests.flatMap((digest) => [
          insertPicture(trx, { accountId: 1, digest }),
          insertLink(trx, { accountId: 1, digest }),
        ])
        await pipelined([...pairs, trx.deleteFrom('picture_link').where('link_key', '=', 'digest 0').execute()])
      })
      assert.equal(await links(), 19)
    })

    test('read what those before them wrote, also the first of the transaction', async () => {
      const { opened, db } = await open()
      await using _ = opened
      const digest = 'of this transaction'
      const [, found] = await transaction(db, (trx) =>
        pipelined([insertPicture(trx, { accountId: 1, digest }), picturesOf(trx, { accountId: 1 })]),
      )
      assert.deepEqual(found, [{ digest }])
    })

    test('leave nothing behind when one fails, and throw the first failure', async () => {
      const { opened, db, links } = await open()
      await using _ = opened
      const picture = { accountId: 1, digest: 'same' }
      const failing = transaction(db, (trx) =>
        pipelined([
          insertPicture(trx, picture),
          insertLink(trx, picture),
          insertLink(trx, picture),
          insertPicture(trx, { accountId: 1, digest: 'another' }),
          trx
            .insertInto('picture_link')
            .values({ ...link, link_key: 'of the builder' })
            .execute(),
        ]),
      )
      await assert.rejects(failing, (error) => isUniqueViolation(error))
      assert.equal(await links(), 0)
      assert.deepEqual(await db.selectFrom('picture').select('digest').execute(), [])
      // The connection is as good as before.
      await transaction(db, (trx) => pipelined([insertPicture(trx, picture), insertLink(trx, picture)]))
      assert.equal(await links(), 1)
    })
  })
}

const link = { account_id: 1, digest: 'same', purpose: 'shop', created_at: 0 } as const

test('pipelined work is over before the first failure is thrown', async () => {
  const { promise, resolve } = Promise.withResolvers<void>()
  let isOver = false
  const slow = promise.then(() => {
    isOver = true
  })
  const all = pipelined([Promise.reject(new Error('first')), slow, Promise.reject(new Error('last'))])
  const told = assert.rejects(all, /first/).then(() => assert.ok(isOver))
  resolve()
  await told
})

test('pipelined work answers in order', async () => {
  assert.deepEqual(await pipelined([Promise.resolve(1), undefined, Promise.resolve('b')]), [1, undefined, 'b'])
})
