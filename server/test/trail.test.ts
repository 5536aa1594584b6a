import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { createApiClient } from '@shenpi/sdk/client'
import { changeAccount } from '../src/journal/change-account.ts'
import { DATABASES } from './databases.ts'
import { startTestServer } from './start-server.ts'

for (const kind of DATABASES) {
  describe(`the trail in the native API on ${kind.name}`, () => {
    test('shows an account’s entries the newest first, page by page, those of an actor, and those of one application', async () => {
      await using server = await startTestServer(kind)
      const { api, services } = server
      const { accountId, appid } = await server.newAccount('Acme')
      const { db, clock } = services
      const note = (applicationNo: number, actor: string, count: number) =>
        changeAccount(db, accountId, async (account) => {
          for (let index = 0; index < count; index += 1) {
            account.append({ at: clock.installation(), actor, action: 'note.add', applicationNo, detail: { index } })
          }
        })
      await api.applyForDeviceQuota({ params: { appid }, body: { quantity: 5, purpose: '开店' } })
      await note(2, 'staff:han', 6000)
      await note(1, 'staff:li', 1)

      const page = await api.listTrail({ query: { appid, limit: 2 } })
      assert.deepEqual(
        page.items.map(({ entry_no, actor, application }) => [entry_no, actor, application]),
        [
          [6003, 'staff:li', `${accountId}-1`],
          [6002, 'staff:han', `${accountId}-2`],
        ],
      )
      const next = await api.listTrail({ query: { appid, limit: 1, cursor: page.next_cursor ?? '' } })
      assert.deepEqual(
        next.items.map(({ entry_no }) => entry_no),
        [6001],
      )

      const seen: (readonly [number, string])[] = []
      let cursor: string | undefined
      let pages = 0
      do {
        const found = await api.listApplicationTrail({
          params: { id: `${accountId}-1` },
          query: cursor ? { cursor } : {},
        })
        seen.push(...found.items.map(({ entry_no, action }) => [entry_no, action] as const))
        cursor = found.next_cursor ?? undefined
        pages += 1
      } while (cursor)
      assert.deepEqual(seen, [
        [6003, 'note.add'],
        [2, 'application.submit'],
      ])
      assert.equal(pages, 2, 'one page looks at a bounded part of a long trail')
      const li = await api.listTrail({ query: { appid, actor: 'staff:li' } })
      assert.deepEqual(
        li.items.map(({ entry_no }) => entry_no),
        [6003],
      )
    })

    test('withholds what one thought from who has still to choose, until the application has its outcome', async () => {
      await using server = await startTestServer(kind)
      const { api } = server
      const settings = { second_opinion: [{ kind: 'device_quota' as const }], undo_seconds: 0 }
      await api.changePolicy({ version: 0, body: { settings, reason: '控制风险' } })
      const { accountId, appid } = await server.newAccount('Acme')
      await api.applyForDeviceQuota({ params: { appid }, body: { quantity: 5, purpose: '开店' } })
      const id = `${accountId}-1`
      await api.decideApplication({ params: { id }, version: 1, body: { move: 'approve', reason: '可疑但可以' } })
      const { key } = await api.createKey({ body: { name: 'other', roles: ['reviewer'] } })
      const other = createApiClient({ url: server.url, key })
      const opinionOf = async (client: typeof api) => {
        const { items } = await client.listApplicationTrail({ params: { id } })
        return JSON.stringify(items.find(({ action }) => action === 'application.opinion')?.detail ?? assert.fail())
      }
      assert.match(await opinionOf(api), /可疑/)
      assert.doesNotMatch(await opinionOf(other), /可疑/)
      await other.decideApplication({ params: { id }, version: 2, body: { move: 'approve' } })
      assert.match(await opinionOf(other), /可疑/)
    })

    test('shows what belongs to no account', async () => {
      await using server = await startTestServer(kind)
      const { api } = server
      await api.createKey({ body: { name: 'stock', roles: ['auditor'] } })
      await api.revokeKey({ params: { name: 'stock' } })
      const { items, next_cursor } = await api.listTrail({})
      assert.deepEqual(
        items.map(({ action, actor, application }) => [action, actor, application]),
        [
          ['key.revoke', 'key:first', null],
          ['key.create', 'key:first', null],
          ['key.create', 'server', null],
        ],
      )
      assert.equal(next_cursor, null)
    })
  })
}
