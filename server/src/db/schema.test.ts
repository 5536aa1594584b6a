import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { sql } from 'kysely'
import { DATABASES, type DatabaseKind } from '../../test/databases.ts'
import { type Database, isUniqueViolation } from './open.ts'

interface Index {
  table: string
  name: string
  unique: boolean
  columns: string[]
  /** It holds only some of the rows. */
  partial: boolean
}

/** Tables with an `account_id` whose key does not begin with it, and why. */
const NOT_BY_ACCOUNT: Record<string, string> = {
  application_trace: 'who else has a trace is all that is asked of it',
  device_range: 'a phone hears a device without knowing whose it is',
  picture_link: 'a link is all that the world sends of a picture',
}

/** The indexes beside keys, as table, columns, and whether they are unique or partial. */
const INDEXES = [
  'access_token access_token_end (account_id, kind, expires_at)',
  'account account_frozen (account_id) partial',
  'account account_name (name)',
  'account account_secret_frozen (account_id) partial',
  'account account_unverified (account_id) partial',
  'api_key api_key_name (name) unique',
  'application application_applied (applied_at, account_id, application_no)',
  'application application_claimed (claimed_until) partial',
  'application application_due (due_at, account_id, application_no) partial',
  'application application_open (account_id, kind, subject) unique partial',
  'application application_stage (stage, due_at, account_id, application_no) partial',
  'application application_subject (account_id, kind, subject, application_no)',
  'application_picture application_picture_leased (account_id, leased_until) partial',
  'application_picture application_picture_turn (account_id, due_at, application_no, field, position) partial',
  'application_picture application_picture_wait (attempts, due_at) partial',
  'brand_grant brand_grant_subject (account_id, subject) unique',
  'callback_delivery callback_delivery_created (created_at, account_id, delivery_no)',
  'callback_delivery callback_delivery_leased (account_id, leased_until) partial',
  'callback_delivery callback_delivery_turn (account_id, due_at, delivery_no) partial',
  'callback_delivery callback_delivery_wait (attempts, due_at) partial',
  'decision_day decision_day_day (day)',
  'decision_sample decision_sample_drawn (drawn_at, account_id, application_no) partial',
  'decision_sample decision_sample_of_late (drawn_at, kind)',
  'device_batch device_batch_application (account_id, application_no) unique',
  'device_batch device_batch_last_device (last_device_id)',
  'device_batch device_batch_offset (account_id, account_offset) unique',
  'device_page device_page_page (account_id, page_id, device_id)',
  'failed_sign_in failed_sign_in_staff (staff_id, failed_id)',
  'red_packet red_packet_next (account_id, lottery_no, drawn_at, expires_at, ticket)',
  'red_packet red_packet_winner (account_id, lottery_no, drawn_by) unique',
  'request_record request_record_at (account_id, at)',
  'request_record request_record_rid (rid)',
  'review_reason review_reason_kind (kind, reason_no)',
  'sandbox_outcome sandbox_outcome_leased (account_id, leased_until) partial',
  'sandbox_outcome sandbox_outcome_polling (account_id, application_no) partial',
  'sandbox_outcome sandbox_outcome_turn (account_id, due_at, application_no) partial',
  'sandbox_outcome sandbox_outcome_wait (attempts, due_at) partial',
  'saved_view saved_view_name (staff_id, name_key) unique',
  'scheduled_decision scheduled_decision_leased (account_id, leased_until) partial',
  'scheduled_decision scheduled_decision_turn (account_id, due_at, application_no) partial',
  'scheduled_decision scheduled_decision_wait (attempts, due_at) partial',
  'shake_count shake_count_uv (account_id, day, subject, shake_uv, subject_id)',
  'sign_in_limit sign_in_limit_last (last_at)',
  'staff_invitation staff_invitation_name (name_key)',
  'staff_passkey staff_passkey_staff (staff_id)',
  'staff_session staff_session_staff (staff_id, session_id)',
]

async function indexesOf(db: Database, name: DatabaseKind['name']): Promise<Index[]> {
  const rows = name === 'sqlite' ? await sqliteIndexes(db) : await postgresIndexes(db)
  return rows.map(({ columns, ...index }) => ({ ...index, columns: columns.split(',') }))
}

async function sqliteIndexes(db: Database) {
  const { rows } = await sql<{ table: string; name: string; uniq: 0 | 1; partial: 0 | 1; columns: string }>`
    select t.name as "table", i.name, i."unique" as uniq, i.partial,
      (select group_concat(c.name, ',' order by c.seqno) from pragma_index_info(i.name) c) as columns
    from sqlite_master t, pragma_index_list(t.name) i where t.type = 'table'
    union all
    -- A key that is one whole number has no index of its own.
    select t.name, 'rowid', 1, 0, k.name from sqlite_master t, pragma_table_info(t.name) k
    where t.type = 'table' and k.pk = 1 and k.type = 'INTEGER'
      and not exists (select * from pragma_index_list(t.name) i where i.origin = 'pk')`.execute(db)
  return rows.map(({ uniq, partial, ...index }) => ({ ...index, unique: uniq === 1, partial: partial === 1 }))
}

async function postgresIndexes(db: Database) {
  const { rows } = await sql<{ table: string; name: string; unique: boolean; partial: boolean; columns: string }>`
    select t.relname as "table", i.relname as name, x.indisunique as "unique", x.indpred is not null as partial,
      (select string_agg(a.attname, ',' order by k.place) from unnest(x.indkey) with ordinality k (attnum, place)
        join pg_attribute a on a.attrelid = t.oid and a.attnum = k.attnum) as columns
    from pg_index x join pg_class t on t.oid = x.indrelid join pg_class i on i.oid = x.indexrelid
    join pg_namespace n on n.oid = t.relnamespace where n.nspname = 'public'`.execute(db)
  return rows
}

async function tenantTables(db: Database): Promise<string[]> {
  const tables = await db.introspection.getTables()
  return tables.filter(({ columns }) => columns.some(({ name }) => name === 'account_id')).map(({ name }) => name)
}

for (const kind of DATABASES) {
  describe(`the schema on ${kind.name}`, () => {
    test('has the account first in every key and every unique index of a tenant’s table', async () => {
      await using opened = await kind.open()
      const { db } = opened
      const indexes = await indexesOf(db, kind.name)
      const tenants = await tenantTables(db)
      assert.ok(tenants.length >= 14, tenants.join())
      for (const table of tenants) {
        const unique = indexes.filter((index) => index.table === table && index.unique)
        assert.ok(unique.length > 0, `${table} has no key`)
        // The account's own table is global; its name on the wire is unique in the world.
        const bad = unique.filter(({ columns }) => columns[0] !== 'account_id' && columns.join() !== 'appid')
        assert.deepEqual(
          bad.map((index) => index.table),
          table in NOT_BY_ACCOUNT ? [table] : [],
          table,
        )
      }
    })

    test('has every index that the queries count on', async () => {
      await using opened = await kind.open()
      const indexes = await indexesOf(opened.db, kind.name)
      const found = indexes
        .filter(({ name }) => !/^(rowid$|sqlite_autoindex_)|_(pkey|key)$/.test(name))
        .map(({ table, name, columns, unique, partial }) =>
          [table, name, `(${columns.join(', ')})`, unique && 'unique', partial && 'partial'].filter(Boolean).join(' '),
        )
      assert.deepEqual(found.toSorted(), INDEXES)
    })

    test('starts with one ledger and one beacon UUID', async () => {
      await using opened = await kind.open()
      const { db } = opened
      const ledgers = await db.selectFrom('device_ledger').selectAll().execute()
      assert.deepEqual(
        ledgers.map(({ ledger_id, next_device_id: next }) => [ledger_id, next]),
        [[1, 1]],
      )
      assert.equal((await db.selectFrom('beacon_uuid').selectAll().execute()).length, 1)
      await assert.rejects(
        db
          .insertInto('device_ledger')
          .values({ ledger_id: 2 as 1, next_device_id: 1 })
          .execute(),
      )
    })

    test('refuses a value of another type', async () => {
      await using opened = await kind.open()
      const wrong = { key_hash: 'x', name: 'x', created_at: 'yesterday' as unknown as number }
      await assert.rejects(opened.db.insertInto('api_key').values(wrong).execute())
    })

    test('refuses a tenant’s row without its account', async () => {
      await using opened = await kind.open()
      const orphan = { account_id: 99, ceiling: 1, allocated: 0 }
      const refused = opened.db.insertInto('device_quota').values(orphan).execute()
      await assert.rejects(refused, (error) => !isUniqueViolation(error))
    })

    test('distinguishes a key that exists from every other error', async () => {
      await using opened = await kind.open()
      const { db } = opened
      const again = (position: number, uuid: string) =>
        db.insertInto('beacon_uuid').values({ position, uuid }).execute()
      await assert.rejects(again(0, 'other'), isUniqueViolation)
      const { uuid } = await db.selectFrom('beacon_uuid').select('uuid').executeTakeFirstOrThrow()
      await assert.rejects(again(1, uuid), isUniqueViolation)
      assert.ok(!isUniqueViolation('23505'))
    })
  })
}
