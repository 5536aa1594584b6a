import assert from 'node:assert/strict'
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { describe, test } from 'node:test'
import { DATABASES } from '../../test/databases.ts'
import { STATEMENT_CHANNEL, type ToldStatement } from './engine.ts'
import { prepared } from './statements.ts'
import { transaction } from './transaction.ts'

const byId = prepared((db, { id }: { id: number }) =>
  db.selectFrom('account').select('appid').where('account_id', '=', id),
)
const rename = prepared((db, { id, name }: { id: number; name: string }) =>
  db.updateTable('account').set({ name }).where('account_id', '=', id),
)

/** What is told while `work` runs, but for what begins and ends transactions. */
async function toldWhile(work: () => Promise<unknown>): Promise<unknown[]> {
  const told: ToldStatement[] = []
  const listen = (message: unknown) => void told.push(message as ToldStatement)
  subscribe(STATEMENT_CHANNEL, listen)
  try {
    await work()
  } finally {
    unsubscribe(STATEMENT_CHANNEL, listen)
  }
  return told
    .filter(({ sql }) => /^(select|update)/.test(sql))
    .map(({ sql, parameters }) => [sql.split(' ', 1)[0], ...parameters])
}

for (const kind of DATABASES) {
  describe(`the statements that ${kind.name} is sent`, () => {
    test('are told one by one, also those that one statement answers', async () => {
      await using opened = await kind.open()
      const { db } = opened
      const told = await toldWhile(() => Promise.all([byId(db, { id: 1 }), byId(db, { id: 2 })]))
      assert.deepEqual(told, [
        ['select', 1],
        ['select', 2],
      ])
    })

    test('are told in a transaction: what is queued, too', async () => {
      await using opened = await kind.open()
      const told = await toldWhile(() =>
        transaction(opened.db, async (trx) => {
          await rename(trx, { id: 1, name: 'Acme' })
          await byId(trx, { id: 1 })
          await trx.selectFrom('account').select('name').where('account_id', '=', 2).execute()
        }),
      )
      assert.deepEqual(told, [
        ['update', 'Acme', 1],
        ['select', 1],
        ['select', 2],
      ])
    })

    test('are told when Kysely runs them', async () => {
      await using opened = await kind.open()
      const { db } = opened
      const told = await toldWhile(async () => {
        await db.selectFrom('account').select('name').where('account_id', '=', 2).execute()
        await db.updateTable('account').set({ name: 'Acme' }).where('account_id', '=', 3).execute()
      })
      assert.deepEqual(told, [
        ['select', 2],
        ['update', 'Acme', 3],
      ])
    })
  })
}
