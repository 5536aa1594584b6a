import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { type ApiQueuedJob, api } from '@shenpi/sdk/contract/api'
import { QUEUE_NAMES, type QueueName } from '@shenpi/sdk/contract/states'
import { decideApplication } from '../src/applications/decide-application.ts'
import { submitApplication } from '../src/applications/submit-application.ts'
import { saveCallbackSetting } from '../src/callbacks/callback-setting.store.ts'
import { openComponent } from '../src/shop-access/change-shop-access.ts'
import { DATABASES } from './databases.ts'
import { aCategoryOf } from './factories.ts'
import { apiProblem } from './problem.ts'
import { startTestServer, type TestServer } from './start-server.ts'
import { until } from './until.ts'

/** Nobody listens there. */
const NOWHERE = 'http://127.0.0.1:9/'

/** An account whose deliveries do not arrive and whose pictures are not to be had. */
async function anAccount(server: TestServer, jobs: number): Promise<string> {
  const { db, clock, review } = server.services
  const { accountId, appid } = await server.newAccount()
  await openComponent(review, accountId, 'test')
  const setting = { url: NOWHERE, token: 'token', encodingAesKey: '', mode: 'plain', format: 'json' } as const
  await saveCallbackSetting(db, accountId, { ...setting, verifiedAt: clock.installation() })
  for (let level3 = 1; level3 <= jobs; level3 += 1) {
    const pictures = [{ field: 'license' as const, reference: `${NOWHERE}${level3}.png`, linkKey: null }]
    const application = await submitApplication(review, { ...aCategoryOf(accountId, level3), pictures })
    await decideApplication(review, application, { move: 'approve', reason: '', actor: 'staff:li' })
    const other = await submitApplication(review, aCategoryOf(accountId, 100 + level3))
    await decideApplication(review, other, { move: 'approve', reason: '', actor: 'staff:li', delay: true })
    const outcomes = review.outcomes?.forRequest({ asked: '[approve;after=1d]', onOutcome: () => {} })
    await submitApplication({ ...review, outcomes }, aCategoryOf(accountId, 200 + level3))
  }
  return appid
}

async function jobsOf(server: TestServer, name: QueueName, limit?: number): Promise<ApiQueuedJob[]> {
  const jobs: ApiQueuedJob[] = []
  for (let cursor: string | undefined; ; ) {
    const page = await server.api.call(api.listQueuedJobs, { params: { name }, query: { limit, cursor } })
    jobs.push(...page.items)
    if (page.next_cursor === null) return jobs
    cursor = page.next_cursor
  }
}

for (const kind of DATABASES) {
  describe(`the queues of the native API on ${kind.name}`, () => {
    test('list what waits, account by account, page by page', async () => {
      await using server = await startTestServer(kind)
      const appids = [await anAccount(server, 3), await anAccount(server, 2)]
      for (const name of QUEUE_NAMES) {
        // A decision that waits is tried when it is due.
        const tried = name === 'scheduled_decisions' || name === 'outcomes' ? 0 : 1
        await until(async () => (await jobsOf(server, name)).every(({ attempts }) => attempts === tried))
        const all = await jobsOf(server, name)
        assert.deepEqual(
          all.map(({ appid }) => appid),
          [0, 0, 0, 1, 1].map((index) => appids[index]),
        )
        for (const limit of [1, 2, 4]) assert.deepEqual(await jobsOf(server, name, limit), all)
        const now = server.clock.machine()
        assert.ok(all.every((job) => Date.parse(job.due_at) > now && job.leased_until === null))
      }
      const { items } = await server.api.call(api.listQueues)
      assert.deepEqual(items, [
        { name: 'deliveries', waiting: 5, age_ms: 0 },
        { name: 'pictures', waiting: 5, age_ms: 0 },
        { name: 'scheduled_decisions', waiting: 5, age_ms: 0 },
        { name: 'outcomes', waiting: 5, age_ms: 0 },
      ])
    })

    test('name a delivery by its id, and tell whether a worker has it', async () => {
      await using server = await startTestServer(kind)
      await anAccount(server, 1)
      await until(async () => (await jobsOf(server, 'deliveries')).at(0)?.attempts === 1)
      const [waiting] = await jobsOf(server, 'deliveries')
      const { state } = await server.api.call(api.getDelivery, { params: { id: waiting?.id ?? '' } })
      assert.equal(state, 'pending')
      const leasedUntil = Date.UTC(2999, 0, 1)
      await server.services.db.updateTable('callback_delivery').set({ leased_until: leasedUntil }).execute()
      assert.equal((await jobsOf(server, 'deliveries'))[0]?.leased_until, new Date(leasedUntil).toISOString())
    })

    test('refuse an unknown queue and an impossible cursor', async () => {
      await using server = await startTestServer(kind)
      await anAccount(server, 1)
      const cursorOf = (text: string) => Buffer.from(text).toString('base64url')
      const ask = (name: string, cursor?: string) =>
        server.api.call(api.listQueuedJobs, { params: { name: name as 'pictures' }, query: { cursor } })
      await assert.rejects(ask('lost'), apiProblem('request.malformed', 400))
      for (const place of ['1.2', '1.2.3.license.x', '1.2.x.license.0', '1.2.3.license.0.1']) {
        await assert.rejects(ask('pictures', cursorOf(place)), apiProblem('request.malformed', 400))
      }
      const last = '9999999999999999'
      assert.deepEqual((await ask('pictures', cursorOf(`${last}.${last}.${last}.license.${last}`))).items, [])
    })
  })
}
