import assert from 'node:assert/strict'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { sql } from 'kysely'
import { DATABASES, type Place } from '../../../test/databases.ts'
import { executeOn } from '../../../test/test-database.ts'
import { firstScript } from '../first-script.ts'
import { migrate, planMigration } from '../migrate.ts'
import { migrations } from '../migrations/index.ts'
import { type Database, openDatabase } from '../open.ts'
import { PLACEMENTS } from './placement.ts'

const CITUS = DATABASES.find(({ name }) => name === 'citus')
const OPTIONS = { skip: !CITUS && 'npm run test:citus runs it' }

async function openAt({ databaseUrl, dataDir }: Place) {
  const db = await openDatabase({ databaseUrl, sqlitePath: join(dataDir, 'shenpi.db') })
  return { db, [Symbol.asyncDispose]: () => db.destroy() }
}

/** A database of the older schema whose tables all stand on the coordinator, with rows of accounts. */
async function unplaced() {
  assert.ok(CITUS)
  const place = await CITUS.emptyPlace()
  const { db } = await openAt(place)
  await executeOn(place.databaseUrl ?? '', await firstScript(db, migrations))
  await sql`insert into account (appid, original_id, name, secret_hash, scene_groups, created_at)
    select 'wx' || number, 'gh', 'Acme', '', '[]', 0 from generate_series(1, 20) number`.execute(db)
  await sql`insert into store (account_id, poi_id, business_name, created_at) select account_id, 1, 'Acme', 0 from account`.execute(
    db,
  )
  return {
    db,
    place,
    foreignKeys: await countKeys(db),
    async [Symbol.asyncDispose]() {
      await db.destroy()
      await place[Symbol.asyncDispose]()
    },
  }
}

async function placesOf(db: Database): Promise<Record<string, number>> {
  const { rows } = await sql<{ type: string; count: number }>`
    select citus_table_type as type, count(*) as count from citus_tables group by 1 order by 1`.execute(db)
  return Object.fromEntries(rows.map(({ type, count }) => [type, count]))
}

async function countKeys(db: Database): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from pg_constraint
    where contype = 'f' and connamespace = current_schema()::regnamespace`.execute(db)
  return Number(rows[0]?.count)
}

const count = (isOne: (placement: unknown) => boolean) => Object.values(PLACEMENTS).filter(isOne).length
const PLACED = {
  distributed: count((placement) => typeof placement === 'object'),
  reference: count((placement) => placement === 'everywhere'),
}

/** What stands in shards on nodes, and what is left behind on the coordinator. */
async function assertPlaced({ db, foreignKeys }: { db: Database; foreignKeys: number }): Promise<void> {
  assert.deepEqual(await placesOf(db), PLACED)
  const { rows: stores } = await sql<{ count: number }>`select count(*) as count from store`.execute(db)
  assert.equal(stores[0]?.count, 20)
  const { rows: left } = await sql<{ bytes: number }>`
    select sum(pg_relation_size(logicalrelid)) as bytes from pg_dist_partition`.execute(db)
  assert.equal(Number(left[0]?.bytes), 0, 'rows were left on the coordinator')
  assert.equal(await countKeys(db), foreignKeys)
}

describe('placing the tables on Citus', OPTIONS, () => {
  test('moves the rows of a database that grew on one PostgreSQL, and tells of it', async () => {
    await using opened = await unplaced()
    const { db } = opened
    const plan = await planMigration(db)
    assert.deepEqual(plan.migrations, [])
    assert.equal(plan.placing.length, PLACED.distributed + PLACED.reference)
    assert.deepEqual(await placesOf(db), {}, 'a plan changes nothing')
    const told: string[] = []
    assert.deepEqual(await migrate(db, { tell: (line) => told.push(line) }), [])
    assert.deepEqual(told, [`placing ${plan.placing.length} tables on the nodes of Citus`])
    await assertPlaced(opened)
    assert.deepEqual(await planMigration(db), { migrations: [], placing: [] })
  })

  test('happens once where two servers start together', async () => {
    await using opened = await unplaced()
    await using other = await openAt(opened.place)
    const told: string[] = []
    const tell = (line: string) => told.push(line)
    await Promise.all([migrate(opened.db, { tell }), migrate(other.db, { tell })])
    assert.equal(told.length, 1)
    await assertPlaced(opened)
  })

  test('mends what an operator has placed half-way, also where Citus has noted the other tables', async () => {
    await using opened = await unplaced()
    const { db } = opened
    await sql`select create_reference_table('account')`.execute(db)
    await sql`select create_distributed_table('picture_link', 'link_key')`.execute(db)
    assert.ok((await countNoted(db)) > 20)
    await migrate(db)
    await assertPlaced(opened)
  })

  test('refuses a table that was placed by another column, and changes nothing', async () => {
    assert.ok(CITUS)
    await using older = await CITUS.open('0001-foundation')
    const { db } = older
    await sql`select undistribute_table('picture_link')`.execute(db)
    await sql`select create_reference_table('picture_link')`.execute(db)
    const before = await placesOf(db)
    await assert.rejects(migrate(db), {
      message: /^the table picture_link is a reference table .*Nothing was changed\.$/,
    })
    await assert.rejects(planMigration(db), /picture_link/)
    assert.deepEqual(await placesOf(db), before)
    const { rows } = await sql`select * from schema_migration`.execute(db)
    assert.equal(rows.length, 1, 'a migration ran')
  })

  test('refuses a user without the right to it, and changes nothing', async () => {
    await using opened = await unplaced()
    const { db, place } = opened
    await sql`create role clerk login`.execute(db)
    await sql`grant all on all tables in schema public to clerk`.execute(db)
    await using clerk = await openAt({ ...place, databaseUrl: place.databaseUrl?.replace('user=shenpi', 'user=clerk') })
    await assert.rejects(migrate(clerk.db), {
      message: /^the database has the extension citus, but its tables cannot be placed: .* Nothing was changed\.$/,
    })
    assert.deepEqual(await placesOf(db), {})
    await sql`revoke all on all tables in schema public from clerk`.execute(db)
    await sql`drop role clerk`.execute(db)
  })

  test('lets a later migration change tables that are placed', async () => {
    await using opened = await unplaced()
    const { db } = opened
    await migrate(db)
    const known = {
      ...migrations,
      '9000-later': {
        async up(on: Database) {
          await sql`alter table store add column floor bigint not null default 1`.execute(on)
          await sql`update store set floor = 2`.execute(on)
          await sql`create index store_floor on store (account_id, floor)`.execute(on)
        },
      },
    }
    assert.deepEqual(await migrate(db, { known }), ['9000-later'])
    const { rows } = await sql<{ floors: number }>`select sum(floor) as floors from store`.execute(db)
    assert.equal(Number(rows[0]?.floors), 40)
  })
})

async function countNoted(db: Database): Promise<number> {
  const { rows } = await sql`select 1 from pg_dist_partition where partmethod = 'n' and repmodel = 's'`.execute(db)
  return rows.length
}
