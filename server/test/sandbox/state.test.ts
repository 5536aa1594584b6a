import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { SNAPSHOTS_BYTES_MAX, SNAPSHOTS_MAX } from '@shenpi/sdk/contract/api'
import { inDataDir } from '../../src/data-dir/data-dir.ts'
import { verifyTrail } from '../../src/journal/verify-trail.ts'
import { readAll } from '../../src/sandbox/state/replace-state.ts'
import { applyForCategory } from '../apply-for-category.ts'
import { DATABASES } from '../databases.ts'
import { aRegistration } from '../factories.ts'
import { apiProblem } from '../problem.ts'
import { startTestServer, type TestServer } from '../start-server.ts'

/** The seed file that docs/sandbox-state.md shows. */
const page = readFileSync(join(import.meta.dirname, '../../../docs/sandbox-state.md'), 'utf8')
const SEED = /```yaml\n([\s\S]*?)```/.exec(page)?.[1] ?? ''
const TEAHOUSE = { appid: 'wx00000000000000a1', secret: '0123456789abcdef0123456789abcdef' }

/** Everything but tokens and calls, which what a test looks at makes. */
async function stateOf({ services: { db } }: TestServer) {
  const state = await readAll(db)
  return state.filter(
    ({ table, rows }) => rows.length > 0 && !['access_token', 'request_record', 'api_usage'].includes(table),
  )
}

const aCategoryRow = (id: number) => ({
  third_cat_id: id,
  third_cat_name: 'C',
  second_cat_id: 2,
  second_cat_name: 'B',
  first_cat_id: 1,
  first_cat_name: 'A',
  qualification: '',
  qualification_type: 0,
  product_qualification: '',
  product_qualification_type: 0,
  scene_group_list: [1],
})

const countAccounts = async ({ services: { db } }: TestServer) =>
  (await db.selectFrom('account').select('account_id').execute()).length

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
      const columns = ['account_id', 'name', 'position', 'definition', 'hits']
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
          table.name === 'account_journal' ? { ...table, columns: [...table.columns, 'no_such'] } : table,
        )
        await refused({ ...file, tables }, /account_journal has no column no_such/)
      }
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

    test('comes from a seed file at the start, and a reset goes back to it', async () => {
      await using place = await kind.place()
      const path = join(place.dataDir, 'seed.yaml')
      await writeFile(path, SEED)
      const server = await startTestServer(kind, { place, env: { SANDBOX_SEED_FILE: path } })
      try {
        const { api } = server
        const teahouse = await server.connect(TEAHOUSE)
        const devices = await teahouse.post('/shakearound/device/search', { type: 2, begin: 0, count: 10 })
        assert.equal(devices.json.data.total_count, 3, devices.text)
        assert.equal((await api.getClock({ params: { appid: TEAHOUSE.appid } })).now, '2099-10-08T01:00:00.000Z')
        const { items } = await api.listApplications({ query: { state: 'rejected' } })
        assert.deepEqual(
          items.map((item) => item.kind),
          ['account_activation'],
        )
        assert.equal((await api.listOutcomeRules({ params: { appid: TEAHOUSE.appid } })).items.length, 1)
        await api.resetSandbox({ body: { appid: TEAHOUSE.appid } })
        await api.resetSandbox({ body: {} })
        const again = await (await server.connect(TEAHOUSE)).post('/shakearound/device/search', {
          type: 2,
          begin: 0,
          count: 10,
        })
        assert.equal(again.json.data.total_count, 3, again.text)
        assert.equal((await api.getServerClock({})).now, '2099-09-28T01:00:00.000Z')
      } finally {
        await server.stop()
      }
    })

    test('takes back all of a seed file whose faults, rules or clock cannot come, and says where', async () => {
      await using server = await startTestServer(kind)
      const { api } = server
      const before = await stateOf(server)
      const refused = async (file: string, why: RegExp) => {
        await assert.rejects(api.importState({ body: { file } }), (error: Error) => {
          assert.match(error.message, why)
          return apiProblem('seed_file.invalid', 422)(error)
        })
        assert.deepEqual(await stateOf(server), before)
      }
      const rules = 'outcome_rules:\n  - { name: all, outcome: { move: leave } }\n'
      const category = aCategoryRow(77_777)
      const head = `accounts:\n  - name: A\n${rules}categories: [${JSON.stringify(category)}]\n`
      const errcode = (code: number) => `{ name: f, effect: { type: errcode, errcode: ${code} } }`
      await refused(`${head}clock: { at: '2001-01-01T00:00:00Z' }\n`, /line:6: clock\.at/)
      await refused(`${head}faults:\n  - ${errcode(123_456)}\n`, /line:7: faults\.0.*errcode/)
      await refused(
        `${head}faults:\n  - ${errcode(-1).replace('{', "{ ends_at: '2001-01-01T00:00:00Z',")}\n`,
        /line:7: faults\.0\.ends_at/,
      )
      await refused(`accounts:\n  - name: A\n    faults: [${errcode(123_456)}]\n`, /line:3: accounts\.0\.faults\.0/)
      await refused(
        "accounts:\n  - name: A\n  - name: B\n    clock: { at: '2001-01-01T00:00:00Z' }\n",
        /line:4: accounts\.1\.clock\.at/,
      )
      await refused(
        `${head.replace('- name: A', '- { name: A, device_batches: [{ quantity: 100000 }] }')}clock: { frozen: true }\n`,
        /line:2: accounts\.0/,
      )
    })

    test('reads a seed file of many members in a moment', async () => {
      await using server = await startTestServer(kind)
      const members = (count: number) => Array.from({ length: count }, (_, place) => `k${place}: 1`).join(', ')
      for (const [count, why] of [
        [5_000, /line:1: accounts\.0\.k0: there is no k0/],
        [20_000, /line:1: it has more than 50000 words and signs/],
      ] as const) {
        const file = `accounts: [{name: x, ${members(count)}}]`
        const began = performance.now()
        await assert.rejects(server.api.importState({ body: { file } }), { message: why })
        assert.ok(performance.now() - began < 2000)
      }
    })

    test('takes nothing of a seed file that is not valid, and says where', async () => {
      await using server = await startTestServer(kind)
      const before = await countAccounts(server)
      const refused = async (file: string, why: RegExp) => {
        await assert.rejects(server.api.importState({ body: { file } }), (error: Error) => {
          assert.match(error.message, why)
          return apiProblem('seed_file.invalid', 422)(error)
        })
        assert.equal(await countAccounts(server), before)
      }
      await refused('accounts:\n  - name: [', /line:2/)
      await refused('0'.repeat(1_000_001), /1000001 characters/)
      await refused(
        'accounts:\n  - name: A\n    activate: true\n',
        /line:3: accounts\.0\.activate: there is no activate/,
      )
      await refused('accounts:\n  - name: A\n  - name: A\n', /line:3/)
      await refused('accounts:\n  - name: A\n    shop: true\n    name: B\n', /line:4: name is there twice/)
      await refused(`accounts:\n  - ${'['.repeat(400_000)}`, /line:2: more than 64 levels/)
      await refused(
        'accounts:\n  - name: A\n  - name: B\n    device_batches:\n      - { quantity: 100000 }\n',
        /line:3: accounts\.1/,
      )
      const { accounts } = await server.api.importState({ body: { file: SEED } })
      assert.deepEqual(
        accounts.map(({ secret }) => secret === null),
        [true, false],
      )
      await assert.rejects(server.api.importState({ body: { file: SEED } }), apiProblem('account.exists', 409))
    })
  })
}
