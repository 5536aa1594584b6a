import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { DATABASES } from '../../../test/databases.ts'
import { MIGRATION_LOCK, MIGRATIONS } from '../schema-migration.ts'
import { describeStep, type FoundTable, PLACEMENTS, planPlacing } from './placement.ts'

const onCoordinator = (name: string): FoundTable => ({ name, place: 'coordinator', column: null, neighbours: null })
const inShards = (name: string, column: string, neighbours: number): FoundTable => ({
  ...{ name, place: 'shards', column, neighbours },
})
const everywhere = (name: string): FoundTable => ({ ...onCoordinator(name), place: 'everywhere' })

const plan = (...tables: FoundTable[]) => planPlacing(tables).map(describeStep)

for (const kind of DATABASES) {
  test(`every table of ${kind.name} has its place on Citus`, async () => {
    await using opened = await kind.open()
    const tables = (await opened.db.introspection.getTables()).map(({ name }) => name)
    const placed = [...Object.keys(PLACEMENTS), MIGRATIONS, MIGRATION_LOCK]
    assert.deepEqual(
      tables.filter((name) => !name.startsWith('citus_')).toSorted(),
      placed.toSorted(),
      'name its place in PLACEMENTS',
    )
  })
}

describe('the plan of placing', () => {
  test('puts tables that others refer to first, and those of an account side by side', () => {
    const names = ['application', 'picture_link', 'account_journal', 'device_ledger', 'account']
    assert.deepEqual(planPlacing(names.map(onCoordinator)), [
      { table: 'account', to: 'everywhere' },
      { table: 'account_journal', to: 'shards', by: 'account_id', beside: undefined },
      { table: 'application', to: 'shards', by: 'account_id', beside: 'account_journal' },
      { table: 'picture_link', to: 'shards', by: 'link_key', beside: undefined },
    ])
  })

  test('goes on where it was left half-way, beside what is placed already', () => {
    const tables = [everywhere('account'), inShards('store', 'account_id', 7), onCoordinator('account_journal')]
    assert.deepEqual(planPlacing(tables), [
      { table: 'account_journal', to: 'shards', by: 'account_id', beside: 'store' },
    ])
  })

  test('has nothing to do where every table is in its place', () => {
    assert.deepEqual(
      plan(everywhere('account'), inShards('store', 'account_id', 7), onCoordinator('device_ledger')),
      [],
    )
  })

  test('places a table that Citus noted because it refers to another', () => {
    assert.deepEqual(plan({ ...onCoordinator('page'), place: 'noted' }), ['page by account_id'])
  })

  test('leaves tables alone that are not ours', () => {
    assert.deepEqual(plan(onCoordinator('theirs'), inShards('theirs_too', 'id', 3)), [])
  })

  const REFUSED: [title: string, tables: FoundTable[], says: RegExp][] = [
    [
      'a table of accounts by another column',
      [inShards('application', 'application_no', 7)],
      /^the table application is distributed by application_no .* must be distributed by account_id\. .*Nothing was changed\.$/,
    ],
    [
      'a global table in shards',
      [inShards('account', 'account_id', 7)],
      /^the table account .* must be a reference table/,
    ],
    ['a table of accounts everywhere', [everywhere('page')], /^the table page is a reference table/],
    ['the ledger everywhere', [everywhere('device_ledger')], /must be a table of the coordinator alone/],
    ['a table placed by schema', [{ ...onCoordinator('page'), place: 'otherwise' }], /^the table page is placed in/],
    [
      'tables of accounts that stand apart',
      [inShards('application', 'account_id', 7), inShards('page', 'account_id', 8)],
      /^the tables application and page are not co-located/,
    ],
  ]
  for (const [title, tables, says] of REFUSED) {
    test(`refuses ${title}`, () => assert.throws(() => planPlacing(tables), { message: says }))
  }
})
