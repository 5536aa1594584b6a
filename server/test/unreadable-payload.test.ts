import assert from 'node:assert/strict'
import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import { api } from '@shenpi/sdk/contract/api'
import type { Move } from '@shenpi/sdk/contract/states'
import pino from 'pino'
import { DATABASES } from './databases.ts'
import { aRegistration } from './factories.ts'
import { startTestServer } from './start-server.ts'

for (const kind of DATABASES) {
  test(`the native API on ${kind.name} lists an application with an unreadable payload, fails its approval alone and lets it be rejected`, async () => {
    const lines = new PassThrough()
    {
      await using server = await startTestServer(kind, { log: pino(lines) })
      const { db } = server.services
      const [broken, whole] = [await server.newAccount(), await server.newAccount()]
      for (const { post } of [broken, whole]) await post('/shakearound/account/register', aRegistration())
      const change = { payload: '{"name":7}' } as never
      await db.updateTable('application').set(change).where('account_id', '=', broken.accountId).execute()

      const { items } = await server.api.call(api.listApplications, { query: { kind: 'account_activation' } })
      const summaryOf = (appid: string) => items.find((item) => item.appid === appid)?.summary
      assert.equal(summaryOf(broken.appid), 'its payload cannot be read')
      assert.match(summaryOf(whole.appid) ?? '', /百货商场/)

      const decide = ({ accountId }: { accountId: number }, move: Move, reason = '') =>
        server.api.call(api.decideApplication, {
          params: { id: `${accountId}-1` },
          version: 1,
          body: { move, reason },
        })
      await assert.rejects(decide(broken, 'approve'), { code: 'system.unavailable' })
      await assert.rejects(decide(broken, 'reject'), { code: 'decision.reason_required' })
      assert.equal((await decide(broken, 'reject', 'damaged')).state, 'rejected')
      await assert.rejects(decide(broken, 'approve'), { code: 'application.closed' })
      assert.equal((await decide(whole, 'approve')).state, 'approved')
      lines.end()
      const log = await text(lines)
      const told = log
        .split('\n')
        .filter((line) => line.includes(`application ${broken.accountId}-1 is no account_activation`))
      // The list, the approval, the rejection, and the summary and the names of its answer.
      assert.equal(told.length, 5, log)
    }
  })
}
