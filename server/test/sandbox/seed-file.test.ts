import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { DATABASES } from '../databases.ts'
import { apiProblem } from '../problem.ts'
import { startTestServer, type TestServer } from '../start-server.ts'
import { stateOf } from './state-of.ts'

/** The seed file that docs/sandbox-state.md shows. */
const page = readFileSync(join(import.meta.dirname, '../../../docs/sandbox-state.md'), 'utf8')
const SEED = /```yaml\n([\s\S]*?)```/.exec(page)?.[1] ?? ''
const TEAHOUSE = { appid: 'wx00000000000000a1', secret: '0123456789abcdef0123456789abcdef' }

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
  describe(`a seed file on ${kind.name}`, () => {
    test('is what a sandbox starts with, and a reset goes back to it', async () => {
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
        await writeFile(path, SEED.replace('activated: true', 'activatd: true'))
        const refused = (error: Error) => {
          assert.match(error.message, /seed\.yaml:\d+: accounts\.0\.activatd/)
          return apiProblem('seed_file.invalid', 422)(error)
        }
        await assert.rejects(api.resetSandbox({ body: {} }), refused)
        await assert.rejects(api.resetSandbox({ body: { appid: TEAHOUSE.appid } }), refused)
      } finally {
        await server.stop()
      }
    })

    test('is taken back whole where its faults, rules or clock cannot come, and says where', async () => {
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

    test('is read in a moment, however many members it has', async () => {
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

    test('leaves nothing where it is not valid, and says where', async () => {
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
        /line:5: accounts\.1\.device_batches\.0/,
      )
      await refused('accounts:\n  - name: *nobody\n', /line:2: there is no &nobody/)
      await refused('accounts: &all\n  - *all\n', /line:2: \*all stands in what it names/)
      await refused(`a: &a [x]\naccounts: [${'*a, '.repeat(101)}*a]\n`, /line:2: Excessive alias count/)
      for (const [text, why] of [
        ['\\ud800', /line:2: a text holds half of a surrogate pair/],
        ['\\0', /line:2: a text holds U\+0000/],
      ] as const) {
        await refused(`accounts:\n  - name: "A${text}"\n`, why)
      }
      await refused(
        'accounts:\n  - name: A\n    applications:\n      - kind: account_activation\n        payload: { name: A }\n',
        /line:4: accounts\.0\.applications\.0: .* is no account_activation/,
      )
      await refused(
        'accounts:\n  - name: A\n    stores:\n      - { poi_id: 1, business_name: A }\n      - { poi_id: 1e20, business_name: B }\n',
        /line:5: accounts\.0\.stores\.1/,
      )
      await refused(
        "accounts:\n  - name: A\n    clock: { at: '2099-02-30T00:00:00Z' }\n",
        /line:3: accounts\.0\.clock\.at/,
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
