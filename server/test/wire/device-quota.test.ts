import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { promisify } from 'node:util'
import { deviceBatches, devices } from '@shenpi/sdk'
import { api } from '@shenpi/sdk/contract/api'
import { DEVICE_CEILING_MAX } from '@shenpi/sdk/contract/device-ceiling'
import { storedIn } from '../conformance/stored.ts'
import { DATABASES } from '../databases.ts'
import { decide } from '../decide.ts'
import { aBatch } from '../factories.ts'
import { apiProblem } from '../problem.ts'
import { startTestServer, type TestServer } from '../start-server.ts'

/** Refusals of the native API, which change nothing. On an account with a ceiling of 1000. */
export const REFUSED = [
  { name: 'no purpose', body: { quantity: 1 }, code: 'request.malformed', status: 400 },
  { name: 'a blank purpose', body: { quantity: 1, purpose: ' ' }, code: 'request.malformed', status: 400 },
  {
    name: 'a purpose that holds U+0000',
    body: { quantity: 1, purpose: 'more\0' },
    code: 'request.malformed',
    status: 400,
  },
  {
    name: 'a purpose of 501 characters',
    body: { quantity: 1, purpose: 'p'.repeat(501) },
    code: 'request.malformed',
    status: 400,
  },
  { name: 'no quantity', body: { purpose: 'more' }, code: 'request.malformed', status: 400 },
  { name: 'a quantity of 0', body: { quantity: 0, purpose: 'more' }, code: 'request.malformed', status: 400 },
  {
    name: 'a ceiling beyond all',
    body: { quantity: DEVICE_CEILING_MAX, purpose: 'more' },
    code: 'device_quota.ceiling_too_high',
    status: 422,
  },
] as const

/** Answers of a dry run. On an account with 600 of 1000 allocated, where 500 are approved at once. */
const DRY_RUNS = [
  { quantity: 1, outcome: 'approved', problem: null, remaining: 399 },
  { quantity: 400, outcome: 'approved', problem: null, remaining: 0 },
  { quantity: 401, outcome: 'refused', problem: 'device.quota_exceeded', remaining: -1 },
] as const

const ENV = { SANDBOX_APPROVE: 'all', DEVICE_CEILING: '1000' }

const quotaOf = (
  { api: client, sandbox: { appid } }: TestServer,
  query: { quantity?: number; limit?: number; cursor?: string } = {},
) => client.call(api.getDeviceQuota, { params: { appid }, query })

const applyFor = ({ api: client, sandbox: { appid } }: TestServer, body: object) =>
  client.call(api.applyForDeviceQuota, { params: { appid }, body: body as never })

const batch = async ({ sandbox }: TestServer, quantity: number, comment = '') =>
  (await sandbox.post(deviceBatches.deviceApplyId.path, aBatch({ quantity, comment }))).json

for (const kind of DATABASES) {
  describe(`the device quota on ${kind.name}`, () => {
    test('changes nothing after a refusal', async () => {
      await using server = await startTestServer(kind, { env: ENV })
      const readStored = await storedIn({ server })
      const before = await readStored()
      for (const { name, body, code, status } of REFUSED) {
        await assert.rejects(applyFor(server, body), apiProblem(code, status), name)
      }
      const unknown = { appid: 'wx0000000000000000' }
      await assert.rejects(server.api.call(api.getDeviceQuota, { params: unknown }), apiProblem('account.unknown', 404))
      const body = { quantity: 1, purpose: 'more' }
      const foreign = server.api.call(api.applyForDeviceQuota, { params: unknown, body })
      await assert.rejects(foreign, apiProblem('account.unknown', 404))
      assert.deepEqual(await readStored(), before)
    })

    test('rises with the approval and not before', async () => {
      await using server = await startTestServer(kind, { env: ENV })
      assert.equal((await batch(server, 500)).errcode, 0)
      assert.equal((await batch(server, 501)).errcode, 9001038)
      const application = await applyFor(server, { quantity: 5000, purpose: 'forty new branches' })
      assert.equal(application.summary, '5000 more device IDs: forty new branches')
      assert.equal((await quotaOf(server)).under_review, application.id)
      const again = applyFor(server, { quantity: 1, purpose: 'more' })
      await assert.rejects(again, apiProblem('device_quota.under_review', 409))
      assert.equal((await batch(server, 501)).errcode, 9001038)

      await decide(server, application.id, 'approve')
      const { ceiling, allocated, remaining, under_review } = await quotaOf(server)
      assert.deepEqual(
        { ceiling, allocated, remaining, under_review },
        { ceiling: 6000, allocated: 500, remaining: 5500, under_review: null },
      )
      assert.equal((await batch(server, 501)).errcode, 0)
    })

    test('keeps ceiling and ledger after a rejection', async () => {
      await using server = await startTestServer(kind, { env: ENV })
      const { id } = await applyFor(server, { quantity: 5000, purpose: 'forty new branches' })
      await decide(server, id, 'reject', 'which branches?')
      const { ceiling, ledger } = await quotaOf(server)
      assert.deepEqual([ceiling, ledger.items], [1000, []])
      const again = await applyFor(server, { quantity: 5000, purpose: 'branches in Foshan' })
      assert.equal(again.resubmission_of, id)
    })

    test('tells in a dry run what a batch would be answered, without applying for it', async () => {
      await using server = await startTestServer(kind, { env: ENV })
      await batch(server, 500)
      await batch(server, 100)
      const readStored = await storedIn({ server })
      const before = await readStored()
      for (const { quantity, ...forecast } of DRY_RUNS) {
        assert.deepEqual((await quotaOf(server, { quantity })).dry_run, { quantity, ...forecast })
      }
      assert.equal((await quotaOf(server)).dry_run, null)
      assert.deepEqual(await readStored(), before)

      const { id } = await applyFor(server, { quantity: 5000, purpose: 'forty new branches' })
      await decide(server, id, 'approve')
      assert.equal((await quotaOf(server, { quantity: 501 })).dry_run?.outcome, 'under_review')
      await batch(server, 501)
      assert.equal((await quotaOf(server, { quantity: 1 })).dry_run?.problem, 'batch.under_review')
      const { appid } = await server.newAccount()
      const other = await server.api.call(api.getDeviceQuota, { params: { appid }, query: { quantity: 1 } })
      assert.equal(other.dry_run?.problem, 'account.not_activated')
      assert.deepEqual(other.ledger.items, [])
    })

    test('refuses new devices to an account that uses too few', async () => {
      await using server = await startTestServer(kind, { env: { ...ENV, ACTIVE_DEVICES_MIN: '50' } })
      const { db } = server.services
      const { accountId } = server.sandbox
      assert.equal((await batch(server, 4)).errcode, 0, 'the first devices are for the asking')
      const shaken = (device_id: number) =>
        db.insertInto('device').values({ account_id: accountId, device_id, last_active_at: 1 }).execute()
      await shaken(1)
      assert.equal((await quotaOf(server, { quantity: 1 })).dry_run?.problem, 'batch.too_few_active')
      const readStored = await storedIn({ server })
      const before = await readStored()
      assert.equal((await batch(server, 1)).errcode, 9001021)
      assert.deepEqual(await readStored(), before)
      // A device with a row of its own for another reason is not in use.
      await server.sandbox.post(devices.deviceUpdate.path, { device_identifier: { device_id: 2 }, comment: 'door' })
      assert.equal((await batch(server, 1)).errcode, 9001021)
      await shaken(3)
      assert.equal((await quotaOf(server, { quantity: 1 })).dry_run?.outcome, 'approved')
      assert.equal((await batch(server, 1)).errcode, 0)
    })

    test('lists every rise and every allocation in the ledger, page by page', async () => {
      await using server = await startTestServer(kind, { env: ENV })
      await batch(server, 500, 'first')
      for (const [quantity, comment] of [
        [300, 'second'],
        [200, 'third'],
      ] as const)
        await batch(server, quantity, comment)
      server.clock.advance(1000)
      const { id } = await applyFor(server, { quantity: 1000, purpose: 'more' })
      await decide(server, id, 'approve')
      server.clock.advance(1000)
      await batch(server, 10, 'last')

      const pages = []
      let cursor: string | undefined
      do {
        const { ledger } = await quotaOf(server, { limit: 2, cursor })
        pages.push(ledger.items)
        cursor = ledger.next_cursor ?? undefined
      } while (cursor)
      const entries = pages
        .flat()
        .map((item) => [item.entry, item.quantity, item.text, item.first_device_id, item.last_device_id])
      assert.deepEqual(entries, [
        ['allocation', 10, 'last', 1001, 1010],
        ['rise', 1000, 'more', null, null],
        ['allocation', 200, 'third', 801, 1000],
        ['allocation', 300, 'second', 501, 800],
        ['allocation', 500, 'first', 1, 500],
      ])
      assert.deepEqual(
        pages.map((page) => page.length),
        [2, 2, 1],
      )
      const whole = await quotaOf(server)
      assert.equal(whole.ledger.next_cursor, null)
      assert.equal(whole.allocated, 1010)
    })
  })
}

test('the command line shows the device quota and applies for more', async () => {
  const [kind] = DATABASES
  assert.ok(kind)
  await using server = await startTestServer(kind, { env: ENV })
  const program = join(import.meta.dirname, '../../bin/shenpi.js')
  const shenpi = async (...args: string[]) => {
    const env = { ...process.env, DATA_DIR: server.place.dataDir }
    return (await promisify(execFile)(process.execPath, [program, ...args, '--url', server.url], { env })).stdout
  }
  await batch(server, 500, 'floor 1')
  const { appid } = server.sandbox
  const applied = await shenpi('quota', 'apply', appid, '--quantity', '5000', '--purpose', 'forty new branches')
  assert.match(applied, /is under review: 5000 more device IDs: forty new branches/)
  const shown = await shenpi('quota', 'show', appid, '--quantity', '600')
  assert.match(shown, /500 of 1000 device IDs are allocated, 500 remain\./)
  assert.match(shown, /A batch of 600 would be refused \(device\.quota_exceeded\) and leave -100\./)
  assert.match(shown, /allocation\s+500\s+1-2\s+1–500\s+floor 1/)
})
