import assert from 'node:assert/strict'
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { SNAPSHOTS_BYTES_MAX, SNAPSHOTS_MAX } from '@shenpi/sdk/contract/api'
import { inDataDir } from '../../src/data-dir/data-dir.ts'
import { verifyTrail } from '../../src/journal/verify-trail.ts'
import { applyForCategory } from '../apply-for-category.ts'
import { DATABASES } from '../databases.ts'
import { aRegistration } from '../factories.ts'
import { apiProblem } from '../problem.ts'
import { startReceiver } from '../receiver.ts'
import { giveDevices } from '../shake-fixtures.ts'
import { startTestServer } from '../start-server.ts'
import { stateOf } from './state-of.ts'

for (const kind of DATABASES) {
  describe(`the state of a sandbox on ${kind.name}`, () => {
    test('goes back to a snapshot of everything, clock and trail too', async () => {
      await using server = await startTestServer(kind)
      const { api, sandbox, services } = server
      const params = { appid: sandbox.appid }
      const id = await applyForCategory(sandbox)
      await api.takeSnapshot({ params: { name: 'applied' }, body: {} })
      const before = await stateOf(server)

      await api.decideApplication({ params: { id }, version: 1, body: { move: 'approve' } })
      await api.setClock({ params, body: { at: '2026-04-01T00:00:00Z', frozen: true } })
      await server.newAccount('Another')
      assert.equal((await api.restoreSnapshot({ params: { name: 'applied' } })).appid, null)
      assert.deepEqual(await stateOf(server), before)
      assert.equal((await api.getClock({ params })).frozen, false)
      assert.deepEqual((await verifyTrail(services.db)).faults, [])

      const { items } = await api.listSnapshots({})
      assert.deepEqual(
        items.map(({ name, appid }) => [name, appid]),
        [['applied', null]],
      )
      await api.deleteSnapshot({ params: { name: 'applied' } })
      await assert.rejects(api.restoreSnapshot({ params: { name: 'applied' } }), apiProblem('snapshot.unknown', 404))
    })

    test('is kept in so many snapshots, and no more bytes, than there is room for', async () => {
      await using server = await startTestServer(kind)
      const { api, services } = server
      const row = { appid: null, taken_at: 0, drawn: '[]', file: null, content: '' }
      const rows = Array.from({ length: SNAPSHOTS_MAX - 1 }, (_, place) => ({ ...row, name: `old-${place}`, bytes: 0 }))
      await services.db.insertInto('sandbox_snapshot').values(rows).execute()
      await api.takeSnapshot({ params: { name: 'last' }, body: {} })
      await api.takeSnapshot({ params: { name: 'last' }, body: {} })
      const take = () => api.takeSnapshot({ params: { name: 'one-more' }, body: {} })
      await assert.rejects(take(), apiProblem('snapshot.too_many', 409))
      await api.deleteSnapshot({ params: { name: 'old-0' } })
      await services.db
        .updateTable('sandbox_snapshot')
        .set({ bytes: SNAPSHOTS_BYTES_MAX })
        .where('name', '=', 'old-1')
        .execute()
      await assert.rejects(take(), apiProblem('snapshot.too_large', 409))
    })

    test('is kept once, in one file, when snapshots of one name are taken at once', async () => {
      await using server = await startTestServer(kind)
      const { api, services } = server
      const folder = inDataDir(services.config.dataDir).snapshots
      await mkdir(folder, { recursive: true })
      await writeFile(join(folder, 'left.db'), 'by a process that died')
      await Promise.all(Array.from({ length: 12 }, () => api.takeSnapshot({ params: { name: 'same' }, body: {} })))
      const rows = await services.db.selectFrom('sandbox_snapshot').select(['name', 'file']).execute()
      assert.deepEqual(
        rows.map(({ name }) => name),
        ['same'],
      )
      // On PostgreSQL it lies in its row, and the folder is nobody's.
      assert.deepEqual(await readdir(folder), [rows[0]?.file ?? 'left.db'])
      await api.restoreSnapshot({ params: { name: 'same' } })
      await api.deleteSnapshot({ params: { name: 'same' } })
      assert.deepEqual(await readdir(folder), rows[0]?.file ? [] : ['left.db'])
    })

    test('is kept in no more snapshots than there is room for when they are taken at once', async () => {
      await using server = await startTestServer(kind)
      const { api, services } = server
      const row = { appid: null, taken_at: 0, drawn: '[]', file: null, content: '', bytes: 0 }
      const rows = Array.from({ length: SNAPSHOTS_MAX - 2 }, (_, place) => ({ ...row, name: `old-${place}` }))
      await services.db.insertInto('sandbox_snapshot').values(rows).execute()
      const taken = await Promise.allSettled(
        Array.from({ length: 6 }, (_, place) => api.takeSnapshot({ params: { name: `new-${place}` }, body: {} })),
      )
      assert.equal(taken.filter(({ status }) => status === 'fulfilled').length, 2)
      const kept = await services.db.selectFrom('sandbox_snapshot').select(['file']).execute()
      assert.equal(kept.length, SNAPSHOTS_MAX)
      const files = kept.flatMap(({ file }) => file ?? [])
      if (files.length === 0) return
      assert.deepEqual((await readdir(inDataDir(services.config.dataDir).snapshots)).toSorted(), files.toSorted())
    })

    test('goes back to a snapshot of one account, and leaves all others', async () => {
      await using server = await startTestServer(kind)
      const { api, sandbox, services } = server
      const body = { appid: sandbox.appid }
      await api.takeSnapshot({ params: { name: 'mine' }, body })
      const id = await applyForCategory(sandbox)
      const other = await server.newAccount('Another')
      await api.restoreSnapshot({ params: { name: 'mine' } })
      await assert.rejects(api.getApplication({ params: { id } }), apiProblem('application.unknown', 404))
      assert.equal((await api.getAccount({ params: { appid: other.appid } })).name, 'Another')
      assert.deepEqual((await verifyTrail(services.db)).faults, [])
    })

    test('is kept without the workers that are at it: what they had in their hands is done by others', async () => {
      await using server = await startTestServer(kind)
      const { api, services } = server
      const merchant = await server.newAccount('Another')
      const params = { appid: merchant.appid }
      await api.setClock({ params, body: { frozen: true } })
      assert.equal((await merchant.post('/shakearound/account/register', aRegistration())).json.errcode, 0)
      const open = async () => (await api.listApplications({ query: params })).items[0] ?? assert.fail()
      const { id } = await open()
      await api.decideApplication({ params: { id }, version: 1, body: { move: 'approve', delay: true } })
      const leased = { leased_until: services.clock.machine() + 30_000 }
      await services.db.updateTable('scheduled_decision').set(leased).execute()
      await api.takeSnapshot({ params: { name: 'mine' }, body: params })
      await api.takeSnapshot({ params: { name: 'all' }, body: {} })
      const files = await Promise.all([api.exportState({ query: params }), api.exportState({})])
      const restored = ['mine', 'all'].map((name) => () => api.restoreSnapshot({ params: { name } }))
      const imported = files.map((file) => async () => {
        await api.resetSandbox({ body: {} })
        await api.importState({ body: { file: JSON.stringify(file) } })
      })
      for (const comeBack of [...restored, ...imported]) {
        await comeBack()
        assert.equal((await open()).state, 'under_review')
        assert.equal((await api.advanceClock({ params, body: { seconds: 10 } })).stopped, null)
        assert.equal((await open()).state, 'approved')
      }
    })

    test('is kept with what faults have struck until then: one that struck its last does not strike again', async () => {
      await using server = await startTestServer(kind)
      const { api, sandbox } = server
      const query = { appid: sandbox.appid }
      const fault = { effect: { type: 'errcode', errcode: -1 }, times: 1, match: query } as const
      await api.setFault({ params: { name: 'once' }, body: fault })
      const ask = async () => (await sandbox.post('/shakearound/device/search', { type: 2, begin: 0, count: 1 })).json
      assert.equal((await ask()).errcode, -1)
      await api.takeSnapshot({ params: { name: 'struck' }, body: query })
      await api.restoreSnapshot({ params: { name: 'struck' } })
      assert.equal((await api.getFault({ params: { name: 'once' }, query })).hits, 1)
    })

    test('is kept and exported while an account’s receiver hangs, and the advance that waits for it goes on', async () => {
      await using server = await startTestServer(kind)
      const receiver = await startReceiver()
      const { api, sandbox } = server
      const params = { appid: sandbox.appid }
      const { url, token } = receiver
      await api.setCallback({ params, body: { url, token, mode: 'plain', format: 'json' } })
      const id = await applyForCategory(sandbox)
      receiver.answer = () => ({ status: 200, body: 'success', hang: true })
      await api.decideApplication({ params: { id }, version: 1, body: { move: 'approve', delay: true } })
      const advancing = api.advanceClock({ params, body: { seconds: 60 } })
      await receiver.waitFor(1)
      await api.takeSnapshot({ params: { name: 'meanwhile' }, body: {} })
      assert.ok((await api.exportState({})).tables.some(({ name }) => name === 'callback_delivery'))
      await receiver[Symbol.asyncDispose]()
      assert.equal((await advancing).stopped, null)
    })

    test('is exported and imported, all of it or an account, and is equal then', async () => {
      await using one = await startTestServer(kind)
      await using two = await startTestServer(kind)
      const id = await applyForCategory(one.sandbox)
      const merchant = await one.newAccount('Another')
      const all = await one.api.exportState({})
      await two.newAccount('Gone afterwards')
      await two.api.importState({ body: { file: JSON.stringify(all) } })
      assert.deepEqual(await stateOf(two), await stateOf(one))
      const { pictures } = await two.api.getApplication({ params: { id } })
      assert.ok(pictures.length > 0)

      const file = JSON.stringify(await one.api.exportState({ query: { appid: merchant.appid } }))
      await assert.rejects(two.api.importState({ body: { file } }), apiProblem('account.exists', 409))
      await two.api.resetSandbox({ body: {} })
      await two.newAccount('First')
      await two.api.importState({ body: { file } })
      const moved = await two.connect(merchant)
      assert.notEqual(moved.accountId, merchant.accountId)
      assert.deepEqual((await verifyTrail(two.services.db)).faults, [])
      const other = JSON.stringify({ ...all, migration: '0001-foundation' })
      await assert.rejects(two.api.importState({ body: { file: other } }), apiProblem('snapshot.of_other_release', 409))
    })

    test('takes no account back whose devices were handed out anew, and hands out none of one that it takes back', async () => {
      await using server = await startTestServer(kind)
      const { api, services } = server
      const { db } = services
      const given = { appid: 'wx00000000000000b1', originalId: 'gh_0000000000b1', secret: '0'.repeat(32) }
      const name = 'Another'
      const { accountId } = await server.newAccount(name, given)
      await giveDevices(db, accountId, { count: 10, firstDeviceId: 1 })
      await api.takeSnapshot({ params: { name: 'ten' }, body: { appid: given.appid } })
      const restore = () => api.restoreSnapshot({ params: { name: 'ten' } })

      await api.resetSandbox({ body: {} })
      await server.newAccount(name, given)
      await restore()
      const ledger = await db.selectFrom('device_ledger').select('next_device_id').executeTakeFirstOrThrow()
      assert.equal(Number(ledger.next_device_id), 11)

      await api.resetSandbox({ body: {} })
      await giveDevices(db, (await server.newAccount('First')).accountId, { count: 100, firstDeviceId: 1 })
      await server.newAccount(name, given)
      const before = await stateOf(server)
      await assert.rejects(restore(), apiProblem('account.exists', 409))
      assert.deepEqual(await stateOf(server), before)
    })

    test('takes no account whose devices are another one’s here', async () => {
      await using one = await startTestServer(kind)
      await using two = await startTestServer(kind)
      const merchant = await one.newAccount('Another')
      const here = await two.newAccount('First')
      await giveDevices(one.services.db, merchant.accountId, { count: 10, firstDeviceId: 50_001 })
      const file = JSON.stringify(await one.api.exportState({ query: { appid: merchant.appid } }))
      // Over the end, inside, over both ends, over the begin.
      const theirs: [first: number, last: number][] = [
        [50_010, 50_030],
        [50_003, 50_004],
        [49_900, 50_100],
        [49_990, 50_001],
      ]
      for (const [first, last] of theirs) {
        await two.api.takeSnapshot({ params: { name: 'free' }, body: {} })
        await giveDevices(two.services.db, here.accountId, { count: last - first + 1, firstDeviceId: first })
        const before = await stateOf(two)
        await assert.rejects(two.api.importState({ body: { file } }), apiProblem('account.exists', 409))
        assert.deepEqual(await stateOf(two), before)
        await two.api.restoreSnapshot({ params: { name: 'free' } })
      }
      await giveDevices(two.services.db, here.accountId, { count: 10, firstDeviceId: 49_991 })
      await giveDevices(two.services.db, here.accountId, { count: 10, firstDeviceId: 50_011 })
      await two.api.importState({ body: { file } })
    })

    test('takes nothing of an export that holds more than its account, or columns that are not there', async () => {
      await using server = await startTestServer(kind)
      const { api } = server
      const { appid } = await server.newAccount('Another')
      const mine = await api.exportState({ query: { appid } })
      const all = await api.exportState({})
      await api.resetSandbox({ body: {} })
      const before = await stateOf(server)
      const refused = async (file: typeof mine, why: RegExp) => {
        await assert.rejects(api.importState({ body: { file: JSON.stringify(file) } }), (error: Error) => {
          assert.match(error.message, why)
          return apiProblem('seed_file.invalid', 422)(error)
        })
        assert.deepEqual(await stateOf(server), before)
      }
      const columns = ['account_id', 'name', 'position', 'rule', 'hits']
      const rule = (accountId: number) => [accountId, 'foreign', 1, '{}', 0]
      const rules = { name: 'sandbox_outcome_rule', columns, rows: [rule(0), rule(1)] }
      await refused({ ...mine, tables: [rules] }, /alone/)
      await refused({ ...mine, tables: [...mine.tables, rules] }, /sandbox_outcome_rule holds rows of another/)
      await refused({ ...mine, appid: 'wx00000000000000ff' }, /alone/)
      const table = { name: 'policy_version', columns: [], rows: [] }
      await refused({ ...mine, tables: [...mine.tables, table] }, /policy_version holds nothing of an account/)
      const withoutJournal = mine.tables.filter(({ name }) => name !== 'account_journal')
      await refused({ ...mine, tables: withoutJournal }, /one row in account_journal/)
      for (const file of [mine, all]) {
        const tables = file.tables.map((table) =>
          table.name === 'account_journal'
            ? { ...table, columns: [...table.columns, 'no_such'], rows: table.rows.map((row) => [...row, null]) }
            : table,
        )
        await refused({ ...file, tables }, /account_journal has no column no_such/)
      }
      const changed = (changes: Record<string, Partial<(typeof all.tables)[number]>>) => ({
        ...all,
        tables: all.tables.map((table) => ({ ...table, ...changes[table.name] })),
      })
      await refused(changed({ device_ledger: { rows: [] } }), /nothing of device_ledger/)
      await refused(changed({ beacon_uuid: { rows: [] } }), /nothing of beacon_uuid/)
      await refused(changed({ account_journal: { rows: [] } }), /one row in account_journal/)
      await refused(changed({ device_quota: { rows: [] } }), /one row in device_quota/)
      await refused(changed({ device_ledger: { rows: [[1]] } }), /row of device_ledger does not fit its columns/)
      const clocks = { name: 'sandbox_clock', columns: ['account_id', 'offset_ms', 'frozen_at'], rows: [[1, 0, 9e15]] }
      await refused({ ...all, tables: [...all.tables, clocks] }, /a time that no clock shows/)
      const staff = { name: 'staff', columns: ['staff_no'], rows: [] }
      await refused({ ...all, tables: [...all.tables, staff] }, /staff is no part of a state/)
    })

    test('begins anew, also where nobody can read what is there', async () => {
      await using server = await startTestServer(kind)
      const { api, services } = server
      await services.db.deleteFrom('device_ledger').execute()
      await services.db.deleteFrom('beacon_uuid').execute()
      await api.resetSandbox({ body: {} })
      assert.equal((await server.services.db.selectFrom('device_ledger').selectAll().execute()).length, 1)
    })

    test('takes nothing of an export whose values do not fit their columns', async () => {
      await using server = await startTestServer(kind)
      const { api } = server
      const { appid } = await server.newAccount('Another')
      const files = [await api.exportState({ query: { appid } }), await api.exportState({})]
      await api.resetSandbox({ body: {} })
      const before = await stateOf(server)
      const hostile = [
        { created_at: 5.5 },
        { created_at: 'yesterday' },
        { name: null },
        { name: 'half\0' },
        'twice',
      ] as const
      for (const file of files) {
        for (const change of hostile) {
          const tables = file.tables.map(({ name, columns, rows: [row = [], ...rows] }) => {
            if (name !== 'account') return { name, columns, rows: [row, ...rows] }
            const changed = columns.map(
              (column, place) => ({ [column]: row[place] ?? null, ...Object(change) })[column],
            )
            return { name, columns, rows: change === 'twice' ? [row, row, ...rows] : [changed, ...rows] }
          })
          const refused = api.importState({ body: { file: JSON.stringify({ ...file, tables }) } })
          await assert.rejects(refused, apiProblem('seed_file.invalid', 422), JSON.stringify(change))
          assert.deepEqual(await stateOf(server), before)
        }
      }
    })
  })
}
