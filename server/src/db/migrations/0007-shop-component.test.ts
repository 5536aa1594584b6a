import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { sql } from 'kysely'
import { DATABASES } from '../../../test/databases.ts'
import { migrate } from '../migrate.ts'

for (const kind of DATABASES) {
  describe(`opening the component to accounts of an older release, on ${kind.name}`, () => {
    test('concerns accounts that have applied by shop calls, from their first application on', async () => {
      await using opened = await kind.open('0006-ends-of-tokens')
      const { db } = opened
      const applications = [
        [1, 1, 'account_activation', 100],
        [1, 2, 'category_qualification', 300],
        [1, 3, 'category_qualification', 200],
        [2, 1, 'brand_qualification', 400],
        [3, 1, 'device_batch', 500],
        [4, 1, 'category_qualification', 600],
      ] as const
      for (const accountId of [1, 2, 3, 4]) {
        await sql`insert into account (account_id, appid, original_id, name, secret_hash, scene_groups, created_at)
          values (${accountId}, ${`wx${accountId}`}, 'gh', 'Acme', '', '[1]', 0)`.execute(db)
      }
      for (const [accountId, no, kindName, at] of applications) {
        await sql`insert into application (account_id, application_no, kind, subject, state, payload, version, applied_at,
            due_at, reason) values (${accountId}, ${no}, ${kindName}, ${`${no}`}, 'rejected', '{}', 1, ${at}, ${at}, '')`.execute(
          db,
        )
      }
      // What account/update_info left, and what an approved register/apply did.
      await sql`insert into shop_access (account_id, connected_at, finished_items, service_info)
        values (2, null, '[]', '{"service_agent_type":[0]}'), (4, 50, '[6]', 'null')`.execute(db)

      await migrate(db)
      const { rows } = await sql`select * from shop_access order by account_id`.execute(db)
      assert.deepEqual(
        rows.map((row) => {
          const { account_id, connected_at, finished_items, service_info } = row as Record<string, unknown>
          return [account_id, connected_at, finished_items, service_info]
        }),
        [
          [1, 200, '[]', 'null'],
          [2, 400, '[]', '{"service_agent_type":[0]}'],
          [4, 50, '[6]', 'null'],
        ],
      )
    })
  })
}
