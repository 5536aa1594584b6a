import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Kysely } from 'kysely'
import { DATABASES } from '../../test/databases.ts'
import { anApplication } from '../../test/factories.ts'
import { type OpenReview, openReview } from '../../test/open-review.ts'
import { findAccount } from '../accounts/account.store.ts'
import { insertApplication } from '../applications/application.store.ts'
import { getDelivery } from '../callbacks/delivery.store.ts'
import { listNewestDeliveries } from '../callbacks/delivery-list.store.ts'
import { PLATFORM_OPENID } from '../callbacks/event.ts'
import { isUniqueViolation } from '../db/open.ts'
import type { Schema } from '../db/schema.ts'
import { transaction } from '../db/transaction.ts'
import { type AccountChange, OpenChange } from './account-change.ts'
import { changeAccount, lockAccount } from './change-account.ts'
import { verifyTrail } from './verify-trail.ts'

const anEntry = (action = 'note.write') => ({ at: new Date(0), actor: 'staff:li', action, detail: {} })

const anEvent = (at: Date) => ({
  applicationNo: 1,
  name: 'open_product_category_audit',
  fields: { Result: 'succ' },
  at,
  dueAt: at,
})

/** An account that has application 1, for events to belong to. */
async function anApplicant(opened: OpenReview, callbackUrl?: string): Promise<number> {
  const accountId = await opened.newAccount({ callbackUrl })
  await transaction(opened.db, (trx) => insertApplication(trx, anApplication({ accountId })))
  return accountId
}

/** Everything that a change may write. */
async function writtenIn({ db }: OpenReview) {
  const table = (name: 'application' | 'callback_delivery' | 'audit_entry' | 'account_journal') =>
    db.selectFrom(name).selectAll().execute()
  return {
    applications: await table('application'),
    deliveries: await table('callback_delivery'),
    entries: await table('audit_entry'),
    journals: await table('account_journal'),
  }
}

for (const kind of DATABASES) {
  describe(`changing an account on ${kind.name}`, () => {
    test('chains its entries in the order in which they were appended', async () => {
      await using opened = await openReview(kind)
      const { db, newAccount } = opened
      const accountId = await newAccount()
      await changeAccount(db, accountId, async (account) => {
        account.append(anEntry('note.first'))
        await lookAround(account)
        account.append({ ...anEntry('note.second'), applicationNo: 7 })
      })
      await changeAccount(db, accountId, async (account) => account.append(anEntry('note.third')))
      const { entries } = await writtenIn(opened)
      assert.deepEqual(
        entries.map(({ entry_no, action, application_no }) => [entry_no, action, application_no]),
        [
          [1, 'account.create', null],
          [2, 'note.first', null],
          [3, 'note.second', 7],
          [4, 'note.third', null],
        ],
      )
      assert.deepEqual((await verifyTrail(db)).faults, [])
    })

    test('asks once what is asked twice', async () => {
      await using opened = await openReview(kind)
      const accountId = await opened.newAccount()
      let reads = 0
      const findAccountOnce = (db: Kysely<Schema>, id: number) => {
        reads += 1
        return findAccount(db, id)
      }
      const [ahead, later] = await changeAccount(opened.db, accountId, async (account) => {
        const ahead = account.ask(findAccountOnce)
        await lookAround(account)
        return [await ahead, await account.ask(findAccountOnce)]
      })
      assert.equal(reads, 1)
      assert.equal(ahead?.accountId, accountId)
      assert.equal(later, ahead)
    })

    test('writes entries and promises that nobody waited for', async () => {
      await using opened = await openReview(kind)
      const accountId = await opened.newAccount()
      await changeAccount(opened.db, accountId, async (account) => {
        const no = await account.number('application')
        await insertApplication(account.trx, anApplication({ accountId, applicationNo: no }))
        account.append(anEntry())
        await account.promise(anEvent(opened.clock.now()))
      })
      const { applications, deliveries, entries, journals } = await writtenIn(opened)
      assert.deepEqual([applications.length, deliveries.length, entries.length], [1, 1, 2])
      assert.deepEqual(
        journals.map((row) => [row.application_no, row.delivery_no, row.entry_no, row.entry_hash]),
        [[1, 1, 2, entries[1]?.hash]],
      )
    })

    test('leaves nothing of what it was told when it throws', async () => {
      await using opened = await openReview(kind)
      const accountId = await opened.newAccount({ callbackUrl: 'https://example.com/' })
      const before = await writtenIn(opened)
      const change = changeAccount(opened.db, accountId, async (account) => {
        const applicationNo = await account.number('application')
        await insertApplication(account.trx, anApplication({ accountId, applicationNo }))
        account.append(anEntry())
        await account.promise(anEvent(opened.clock.now()))
        await lookAround(account)
        throw new Error('out of order')
      })
      await assert.rejects(change, /out of order/)
      assert.deepEqual(await writtenIn(opened), before)
    })

    test('fails with the first statement that failed, and leaves nothing', async () => {
      await using opened = await openReview(kind)
      const accountId = await opened.newAccount()
      const before = await writtenIn(opened)
      const change = changeAccount(opened.db, accountId, async (account) => {
        const application = anApplication({ accountId, applicationNo: await account.number('application') })
        await insertApplication(account.trx, application)
        await insertApplication(account.trx, application)
        await lookAround(account).catch(() => {})
        return 'done'
      })
      await assert.rejects(change, isUniqueViolation)
      assert.deepEqual(await writtenIn(opened), before)
    })

    test('refuses what comes while it ends', async () => {
      await using opened = await openReview(kind)
      const accountId = await anApplicant(opened)
      const event = anEvent(opened.clock.now())
      await lockAccount(opened.db, accountId, async (trx) => {
        const change = new OpenChange(trx, accountId)
        await change.promise(event)
        const ended = change.end()
        await assert.rejects(change.promise(event), /is over/)
        await ended
      })
      const { deliveries, journals } = await writtenIn(opened)
      assert.deepEqual([deliveries.length, journals[0]?.delivery_no], [1, 1])
    })

    test('refuses what comes after its end', async () => {
      await using opened = await openReview(kind)
      const accountId = await opened.newAccount()
      const before = await writtenIn(opened)
      const account = await changeAccount(opened.db, accountId, async (change) => change)
      for (const late of [
        async () => account.append(anEntry()),
        () => account.number('page'),
        () => account.promise(anEvent(opened.clock.now())),
      ]) {
        await assert.rejects(late, /the change of account \d+ is over/)
      }
      assert.deepEqual(await writtenIn(opened), before)
    })

    test('numbers what is counted within the account without gaps, however many changes there are at once', async () => {
      await using opened = await openReview(kind)
      const accountId = await opened.newAccount()
      const numbers = await Promise.all(
        Array.from({ length: 20 }, () =>
          changeAccount(opened.db, accountId, (account) =>
            Promise.all([account.number('page'), account.number('group')]),
          ),
        ),
      )
      const expected = Array.from({ length: 20 }, (_, index) => [index + 1, index + 1])
      assert.deepEqual(
        numbers.toSorted(([a = 0], [b = 0]) => a - b),
        expected,
      )
    })

    test('is a fault of ours when there is no such account', async () => {
      await using opened = await openReview(kind)
      await assert.rejects(
        changeAccount(opened.db, 99, async () => {}),
        /account 99 has no journal/,
      )
    })
  })

  describe(`promising a callback on ${kind.name}`, () => {
    test('gives an event that is not later than every one before a sender of its own', async () => {
      await using opened = await openReview(kind)
      const { db, clock } = opened
      const accountId = await anApplicant(opened)
      const now = clock.now().getTime()
      const promise = (...seconds: number[]) =>
        changeAccount(db, accountId, (account) =>
          Promise.all(seconds.map((second) => account.promise(anEvent(new Date(now + second * 1000))))),
        )
      assert.deepEqual(await promise(0, 0), [1, 2])
      assert.deepEqual(await promise(0, -60), [3, 4])
      assert.deepEqual(await promise(60, 59), [5, 6])
      const deliveries = await Promise.all(
        [1, 2, 3, 4, 5, 6].map((deliveryNo) => getDelivery(db, { accountId, deliveryNo })),
      )
      const isPlatform = deliveries.map(({ message }) => message.FromUserName === PLATFORM_OPENID)
      assert.deepEqual(isPlatform, [true, false, false, false, true, false])
      assert.equal(new Set(deliveries.map(({ message }) => message.FromUserName)).size, 5)
      assert.deepEqual(
        deliveries.map(({ message }) => message.CreateTime),
        [0, 0, 0, -60, 60, 59].map((second) => Math.floor(now / 1000) + second),
      )
    })

    test('keeps the sender and the second of an event that has its own', async () => {
      await using opened = await openReview(kind)
      const { db, clock } = opened
      const accountId = await anApplicant(opened, 'https://example.com/')
      const { originalId, event_time } = await changeAccount(db, accountId, async (account) => {
        await account.promise({ ...anEvent(clock.now()), sender: { openid: 'oPerson', unixSeconds: 7 } })
        return await db
          .selectFrom('account')
          .innerJoin('account_journal', 'account_journal.account_id', 'account.account_id')
          .select(['original_id as originalId', 'event_time'])
          .executeTakeFirstOrThrow()
      })
      const delivery = await getDelivery(db, { accountId, deliveryNo: 1 })
      assert.equal(delivery.state, 'pending')
      assert.deepEqual(Object.entries(delivery.message), [
        ['ToUserName', originalId],
        ['FromUserName', 'oPerson'],
        ['CreateTime', 7],
        ['MsgType', 'event'],
        ['Event', 'open_product_category_audit'],
        ['Result', 'succ'],
      ])
      const journal = await db.selectFrom('account_journal').selectAll().executeTakeFirstOrThrow()
      assert.equal(journal.event_time, event_time, 'the second of a person is none of the platform')
    })

    test('leaves a delivery unaddressed while the account has no callback URL', async () => {
      await using opened = await openReview(kind)
      const accountId = await anApplicant(opened)
      await changeAccount(opened.db, accountId, async (account) => account.promise(anEvent(opened.clock.now())))
      assert.equal((await listNewestDeliveries(opened.db, { accountId }, 1))[0]?.state, 'unaddressed')
    })
  })

  describe(`locking an account on ${kind.name}`, () => {
    test('keeps a change waiting until the lock is gone', async () => {
      await using opened = await openReview(kind)
      const accountId = await opened.newAccount()
      const order: string[] = []
      const locked = Promise.withResolvers<void>()
      const goOn = Promise.withResolvers<void>()
      const first = lockAccount(opened.db, accountId, async (trx) => {
        await lookAround({ trx, accountId })
        locked.resolve()
        await goOn.promise
        order.push('lock')
      })
      await locked.promise
      const second = changeAccount(opened.db, accountId, async () => order.push('change'))
      goOn.resolve()
      await Promise.all([first, second])
      assert.deepEqual(order, ['lock', 'change'])
    })
  })
}

/** Something to wait for within a change. */
const lookAround = ({ trx, accountId }: Pick<AccountChange, 'trx' | 'accountId'>) =>
  trx.selectFrom('account').selectAll().where('account_id', '=', accountId).execute()
