import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { REPLAYS_MAX } from '@shenpi/sdk/contract/api/deliveries'
import { sql } from 'kysely'
import { accountWith, attempt, claim, only } from '../../test/claim-deliveries.ts'
import { DATABASES } from '../../test/databases.ts'
import { type OpenReview, openReview } from '../../test/open-review.ts'
import { problem } from '../../test/problem.ts'
import { lockAccount } from '../journal/change-account.ts'
import { previewReplay, replayRange } from './replay-range.ts'

const actor = 'staff:li'
const EVER = { from: new Date(0), until: new Date('2100-01-01') }

const dueOf = async ({ db }: OpenReview, accountId: number) => {
  const query = db.selectFrom('callback_delivery').select(['state', 'attempts', 'due_at']).orderBy('delivery_no')
  return await query.where('account_id', '=', accountId).execute()
}

/** Copies of an account's first delivery, up to number `last`. */
const copyDeliveries = ({ db }: OpenReview, accountId: number, last: number) =>
  sql`with recursive n (no) as (select 2 union all select no + 1 from n where no < ${sql.lit(last)})
    insert into callback_delivery (account_id, delivery_no, application_no, event, message, state, attempts, created_at,
      started_at, due_at, leased_until, delivered_at)
    select account_id, no, application_no, event, message, 'failed', 11, created_at, started_at, due_at, 0, null
    from callback_delivery, n where account_id = ${accountId} and delivery_no = 1`.execute(db)

for (const kind of DATABASES) {
  describe(`a replay of a range on ${kind.name}`, () => {
    test('sends what the preview told, and tells every one of them in the trail', async () => {
      await using opened = await openReview(kind)
      const { db, clock, review } = opened
      const one = await accountWith(opened, 2)
      await attempt(opened, only(await claim(opened, 1)), 'failed')
      clock.advance(3_600_000)
      const from = clock.now()
      const other = await accountWith(opened, 3)
      const preview = await previewReplay(db, EVER)
      assert.deepEqual(
        preview.accounts.map(({ accountId, deliveries }) => [accountId, deliveries]),
        [
          [other, 3],
          [one, 2],
        ],
      )
      assert.equal((await previewReplay(db, { ...EVER, from })).deliveries, 3)
      assert.equal((await previewReplay(db, { ...EVER, until: from })).deliveries, 2)
      assert.equal((await previewReplay(db, { ...EVER, from, accountId: one })).deliveries, 0)
      assert.equal((await previewReplay(db, { ...EVER, until: from, accountId: one })).deliveries, 2)
      const failed = { ...EVER, state: 'failed' as const }
      const done = await replayRange(review, failed, { expected: 1, actor })
      assert.deepEqual(done, { replayed: 1, accounts: 1, unaddressed: 0, refused: [] })
      assert.deepEqual(
        (await dueOf(opened, one)).map(({ state, attempts }) => [state, attempts]),
        [
          ['pending', 0],
          ['pending', 0],
        ],
      )
      const trail = db.selectFrom('audit_entry').selectAll().orderBy('entry_no', 'desc')
      const entry = await trail.where('account_id', '=', one).executeTakeFirst()
      assert.equal(entry?.action, 'delivery.replay_range')
      assert.deepEqual(JSON.parse(entry.detail).delivery_nos, [1])
    })

    test('is refused when others fit than the preview told, and when they are too many', async () => {
      await using opened = await openReview(kind)
      const { db, review } = opened
      const accountId = await accountWith(opened, 1)
      await assert.rejects(replayRange(review, EVER, { expected: 2, actor }), problem('replay.changed'))
      await copyDeliveries(opened, accountId, REPLAYS_MAX + 1)
      await assert.rejects(previewReplay(db, EVER), problem('replay.too_many'))
      await assert.rejects(previewReplay(db, { ...EVER, accountId }), problem('replay.too_many'))
      assert.equal((await previewReplay(db, { ...EVER, state: 'failed' })).deliveries, REPLAYS_MAX)
    })

    test('spreads those of one account within a minute, so that they hold up nobody', async () => {
      await using opened = await openReview(kind)
      const { db, clock, review } = opened
      const large = await accountWith(opened, 1)
      const small = await accountWith(opened, 1)
      await copyDeliveries(opened, large, 2500)
      const { seconds } = await previewReplay(db, EVER)
      assert.equal(seconds, 49)
      await replayRange(review, EVER, { expected: 2501, actor })
      const times = (await dueOf(opened, large)).map(({ due_at }) => (due_at - clock.machine()) / 1000)
      assert.deepEqual([times[0], times[49], times[50], times.at(-1)], [0, 0, 1, 49])
      assert.equal((await dueOf(opened, small))[0]?.due_at, clock.machine())
    })

    test('leaves out accounts without a callback URL', async () => {
      await using opened = await openReview(kind)
      const { db, review } = opened
      await accountWith(opened, 2, '')
      await accountWith(opened, 1)
      const { deliveries, unaddressed } = await previewReplay(db, EVER)
      assert.deepEqual([deliveries, unaddressed], [1, 2])
      const done = await replayRange(review, EVER, { expected: 1, actor })
      assert.deepEqual(done, { replayed: 1, accounts: 1, unaddressed: 2, refused: [] })
    })

    test('does not send again what was delivered while it waited for the account', async () => {
      await using opened = await openReview(kind)
      const { db, review } = opened
      const accountId = await accountWith(opened, 2)
      const deliveries = await claim(opened)
      for (const delivery of deliveries) await attempt(opened, delivery, 'failed')
      const held = Promise.withResolvers<void>()
      const isHeld = Promise.withResolvers<void>()
      const holding = lockAccount(db, accountId, async () => {
        isHeld.resolve()
        await held.promise
      })
      await isHeld.promise
      const replaying = replayRange(review, { ...EVER, state: 'failed' }, { expected: 2, actor })
      held.resolve()
      await holding
      assert.equal((await replaying).replayed, 2)
      assert.equal((await previewReplay(db, { ...EVER, state: 'failed' })).deliveries, 0)
    })
  })
}
