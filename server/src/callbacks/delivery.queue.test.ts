import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { DELIVERY_STATES } from '@shenpi/sdk/contract/states'
import { sql, type Transaction } from 'kysely'
import { accountWith, attempt, claim, listDue, numbersOf, only } from '../../test/claim-deliveries.ts'
import { DATABASES } from '../../test/databases.ts'
import { endLeases } from '../../test/leases.ts'
import { openReview } from '../../test/open-review.ts'
import { testClock } from '../../test/test-clock.ts'
import { until } from '../../test/until.ts'
import { isBlocked, stageRace } from '../../test/wire/stage-race.ts'
import { openDatabase } from '../db/open.ts'
import type { Schema } from '../db/schema.ts'
import { transaction } from '../db/transaction.ts'
import { DELIVERY_JOB_MAX_MS } from './deliver-callback.ts'
import { deliveryQueue } from './delivery.queue.ts'
import { saveAttempt } from './delivery.store.ts'
import { listDeliveries } from './list-deliveries.ts'

const HOUR_MS = 3_600_000

test('a delivery’s lease is longer than its longest attempt, so that it is not sent twice at once', () => {
  assert.ok(deliveryQueue.leaseMs > DELIVERY_JOB_MAX_MS)
})

for (const kind of DATABASES) {
  describe(`claiming deliveries on ${kind.name}`, () => {
    test('gives each delivery once until its lease ends, up to a limit', async () => {
      await using opened = await openReview(kind)
      await accountWith(opened, 3)
      const first = await claim(opened, 2)
      const second = await claim(opened, 2)
      assert.equal(first.length, 2)
      assert.deepEqual(numbersOf([...first, ...second]), [1, 2, 3])
      assert.deepEqual(await claim(opened), [])
      await endLeases(opened.db, 'callback_delivery')
      assert.deepEqual(numbersOf(await claim(opened)), [1, 2, 3])
    })

    test('gives the longest due delivery first', async () => {
      await using opened = await openReview(kind)
      await accountWith(opened, 2)
      await attempt(opened, only(await claim(opened, 1)), 'pending')
      opened.clock.advance(5000)
      assert.equal(only(await claim(opened, 1)).deliveryNo, 2)
    })

    test('gives each delivery to one of several workers that claim at once', async () => {
      await using opened = await openReview(kind)
      await accountWith(opened, 12)
      const claims = await Promise.all(Array.from({ length: 6 }, () => claim(opened, 5)))
      const numbers = numbersOf(claims.flat())
      assert.equal(new Set(numbers).size, numbers.length)
      const rest = await claim(opened, 50)
      assert.equal(numbers.length + rest.length, 12)
    })

    test('gives an account only its share, without those whose lease has ended', async () => {
      await using opened = await openReview(kind)
      await accountWith(opened, deliveryQueue.share + 4)
      const share = await claim(opened, deliveryQueue.share - 1)
      share.push(only(await claim(opened, 3)))
      assert.deepEqual(
        share.map(({ deliveryNo }) => deliveryNo).toSorted((a, b) => a - b),
        Array.from({ length: deliveryQueue.share }, (_, index) => index + 1),
      )
      assert.deepEqual(await claim(opened, 64), [])
      await attempt(opened, only(share), 'delivered')
      assert.deepEqual(numbersOf(await claim(opened, 64)), [deliveryQueue.share + 1])
      await endLeases(opened.db, 'callback_delivery')
      assert.equal((await claim(opened, 64)).length, deliveryQueue.share)
    })

    test('gives an account only its share when several workers claim at once', async () => {
      await using opened = await openReview(kind)
      await accountWith(opened, 2 * deliveryQueue.share)
      const claims = await Promise.all(Array.from({ length: 8 }, (_, index) => claim(opened, 3 + index)))
      const first = claims.flat().length
      const rest = await claim(opened, 64)
      assert.equal(first + rest.length, deliveryQueue.share)
      assert.equal(new Set(numbersOf([...claims.flat(), ...rest])).size, deliveryQueue.share)
    })

    test('gives no delivery that is not due, delivered, failed or without an address', async () => {
      await using opened = await openReview(kind)
      const accountId = await accountWith(opened, 4)
      for (const delivery of await claim(opened)) {
        await attempt(opened, delivery, DELIVERY_STATES[delivery.deliveryNo - 1] ?? 'failed')
      }
      assert.deepEqual(await claim(opened), [])
      opened.clock.advance(5000)
      assert.deepEqual(numbersOf(await claim(opened)), [1])
      const { deliveries: listed } = await listDeliveries(opened.db, { accountId, state: 'delivered' }, 10)
      assert.deepEqual(numbersOf(listed), [2])
      assert.deepEqual(listed[0]?.deliveredAt, new Date(opened.clock.now().getTime() - 5000))
    })

    test('is not blocked by a lease from a clock that was ahead', async () => {
      await using opened = await openReview(kind)
      await accountWith(opened, 1)
      await claim(opened)
      await opened.db
        .updateTable('callback_delivery')
        .set({ leased_until: sql`leased_until + ${3 * HOUR_MS}` })
        .execute()
      assert.deepEqual(numbersOf(await claim(opened)), [1])
      assert.deepEqual(await claim(opened), [])
    })
  })

  describe(`looking for due deliveries on ${kind.name}`, () => {
    test('finds every account with due deliveries, however many another has', async () => {
      await using opened = await openReview(kind)
      const [busy, idle, done, later] = [
        await accountWith(opened, deliveryQueue.share + 4),
        await accountWith(opened, 0),
        await accountWith(opened, 1),
        await accountWith(opened, 1),
      ]
      await attempt(opened, only(await claim(opened, 1, done)), 'delivered')
      await attempt(opened, only(await claim(opened, 1, later)), 'pending')
      const last = await accountWith(opened, 1)
      assert.deepEqual(await listDue(opened), [busy, last])
      assert.deepEqual(await listDue(opened, busy), [last])
      assert.ok(idle)
      await claim(opened, 64, busy)
      assert.deepEqual(await listDue(opened), [busy, last], 'more than its share')
      await claim(opened, 1, last)
      opened.clock.advance(5000)
      assert.deepEqual(await listDue(opened), [busy, later])
      await endLeases(opened.db, 'callback_delivery')
      assert.deepEqual(await listDue(opened), [busy, later, last])
    })

    test('goes page by page', async () => {
      await using opened = await openReview(kind)
      const { db, clock } = opened
      await accountWith(opened, 1)
      await sql`insert into account (account_id, appid, original_id, name, secret_hash, scene_groups, created_at)
        with recursive n (n) as (select 100 union all select n + 1 from n where n < 1199)
        select n, 'wx' || n, 'gh' || n, 'Acme', '', '[]', 0 from n`.execute(db)
      await sql`insert into application (account_id, application_no, kind, subject, state, payload, version, applied_at,
        due_at, reason) select account_id, 1, 'store', '', 'approved', '{}', 1, 0, 0, '' from account
        where account_id >= 100`.execute(db)
      await sql`insert into callback_delivery (account_id, delivery_no, application_no, event, message, state, attempts,
        created_at, started_at, due_at, leased_until)
        select account_id, 1, 1, '', '{}', 'pending', 0, 0, 0, 0, 0 from account where account_id >= 100`.execute(db)
      const first = await deliveryQueue.listDue(db, clock, 0)
      assert.deepEqual([first.accountIds.length, first.next], [1000, first.accountIds.at(-1)])
      const second = await deliveryQueue.listDue(db, clock, first.next)
      assert.deepEqual([second.accountIds.length, second.next], [101, 0])
    })

    test('finds deliveries from a clock that was ahead as soon as they could be due, and no others', async () => {
      await using opened = await openReview(kind)
      const { db, clock } = opened
      await accountWith(opened, 3)
      const [fresh, tried, right] = await claim(opened)
      assert.ok(fresh && tried && right)
      for (const [delivery, dueInMs] of [
        [tried, 30 * HOUR_MS + 5000],
        [right, 5000],
      ] as const) {
        const next = { state: 'pending', dueAt: new Date(clock.machine() + dueInMs) } as const
        await saveAttempt(
          db,
          delivery,
          { at: clock.now(), durationMs: 1, url: '', status: 500, outcome: '', injectedBy: null },
          next,
        )
      }
      await db
        .updateTable('callback_delivery')
        .set({ due_at: clock.machine() + 3 * HOUR_MS, leased_until: 0 })
        .where('delivery_no', '=', fresh.deliveryNo)
        .execute()
      await deliveryQueue.bringForward(db, clock.machine())
      assert.deepEqual(numbersOf(await claim(opened)), [fresh.deliveryNo])
      clock.advance(4999)
      assert.deepEqual(numbersOf(await claim(opened)), [])
      clock.advance(1)
      assert.deepEqual(numbersOf(await claim(opened)), numbersOf([tried, right]))
    })
  })
}

const POSTGRES = DATABASES.find(({ name }) => name === 'postgres')

test('a claim that waits for another one’s row does not get it', {
  skip: !POSTGRES && 'no PostgreSQL',
}, async () => {
  assert.ok(POSTGRES)
  await using opened = await openReview(POSTGRES)
  const { db, clock } = opened
  await accountWith(opened, 1)
  const turn = { accountId: 1, limit: 1 }
  const first = async (trx: Transaction<Schema>) => {
    assert.equal((await deliveryQueue.claim(trx, clock, turn)).length, 1)
  }
  const second = await stageRace(db, first, () => deliveryQueue.claim(db, clock, turn))
  assert.deepEqual(second, { status: 'fulfilled', value: [] })
})

test('servers whose clocks differ by minutes agree on a lease', {
  skip: !POSTGRES && 'no PostgreSQL',
}, async () => {
  assert.ok(POSTGRES)
  await using opened = await openReview(POSTGRES)
  const { db, clock, place } = opened
  await accountWith(opened, 2)
  await db.updateTable('callback_delivery').set({ due_at: 0 }).execute()
  const other = await openDatabase({ databaseUrl: place.databaseUrl, sqlitePath: '' })
  const claimHere = () => deliveryQueue.claim(db, clock, { accountId: 1, limit: 1 })
  const ahead = testClock(new Date(clock.machine() + 10 * 60_000))
  const claimThere = () => deliveryQueue.claim(other, ahead, { accountId: 1, limit: 1 })
  assert.deepEqual([...numbersOf(await claimHere()), ...numbersOf(await claimThere())], [1, 2])
  assert.deepEqual([await claimHere(), await claimThere()], [[], []])
  const dueThere = await deliveryQueue.listDue(other, ahead, 0)
  assert.deepEqual([await listDue(opened), dueThere.accountIds], [[], []])
  const left = sql<number>`leased_until - (extract(epoch from clock_timestamp()) * 1000)::bigint`.as('left')
  for (const lease of await db.selectFrom('callback_delivery').select(left).execute()) {
    assert.ok(lease.left > 0 && lease.left <= deliveryQueue.leaseMs, 'it ends on both servers, as soon as any other')
  }
  await endLeases(db, 'callback_delivery')
  assert.deepEqual([...numbersOf(await claimThere()), ...numbersOf(await claimHere())], [1, 2])
  await other.destroy()
})

test('a claim that a deadlock undoes is made again', { skip: !POSTGRES && 'no PostgreSQL' }, async () => {
  assert.ok(POSTGRES)
  await using opened = await openReview(POSTGRES)
  const { db } = opened
  await accountWith(opened, 3)
  const lock = (trx: Transaction<Schema>, deliveryNo: number) =>
    trx.selectFrom('callback_delivery').select('state').where('delivery_no', '=', deliveryNo).forUpdate().execute()
  const { claiming } = await transaction(db, async (trx) => {
    await lock(trx, 3)
    const claiming = claim(opened, 3)
    await until(() => isBlocked(db))
    // It has the first, and waits for the third.
    await lock(trx, 1)
    return { claiming }
  })
  assert.deepEqual(numbersOf(await claiming), [1, 2, 3])
})
