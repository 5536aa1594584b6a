import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { MOVE_NAMES, type Move } from '@shenpi/sdk/contract/states'
import { DATABASES } from '../../test/databases.ts'
import { aBatchOf, aCategoryOf, aDecision } from '../../test/factories.ts'
import { type OpenReview, openReview } from '../../test/open-review.ts'
import { problem } from '../../test/problem.ts'
import { listNewestDeliveries } from '../callbacks/delivery-list.store.ts'
import { isUniqueViolation } from '../db/open.ts'
import { transaction } from '../db/transaction.ts'
import { findApplication, isChangedSince, saveDecision } from './application.store.ts'
import { decide } from './application.ts'
import type { ApplicationKey } from './application-id.ts'
import { getApplicationInFull } from './application-picture.store.ts'
import { decideApplication } from './decide-application.ts'
import { submitApplication } from './submit-application.ts'

const decideAs = ({ review }: OpenReview, key: ApplicationKey, move: Move, version?: number) =>
  decideApplication(review, key, { move, reason: 'seen', actor: 'staff:li', ...(version && { version }) })

/** Everything that a decision writes. */
async function writtenIn({ db }: OpenReview) {
  const table = (name: 'application' | 'callback_delivery' | 'audit_entry' | 'category_grant' | 'account_journal') =>
    db.selectFrom(name).selectAll().execute()
  return {
    applications: await table('application'),
    deliveries: await table('callback_delivery'),
    entries: await table('audit_entry'),
    grants: await table('category_grant'),
    journal: await table('account_journal'),
    quota: await db.selectFrom('device_quota').selectAll().execute(),
    ledger: await db.selectFrom('device_ledger').selectAll().execute(),
  }
}

for (const kind of DATABASES) {
  describe(`deciding on ${kind.name}`, () => {
    test('writes the outcome, its effect, the audit entry and the delivery together', async () => {
      await using opened = await openReview(kind)
      const { db, review, clock, newAccount } = opened
      const accountId = await newAccount({ callbackUrl: 'https://example.com/' })
      const submitted = await submitApplication(review, aCategoryOf(accountId))
      clock.advance(60_000)
      const decided = await decideAs(opened, submitted, 'approve', 1)
      assert.deepEqual(decided, {
        ...submitted,
        state: 'approved',
        version: 2,
        decidedAt: clock.now(),
        decidedBy: 'staff:li',
        reason: 'seen',
        pictures: [],
      })
      assert.deepEqual(await getApplicationInFull(db, submitted), decided)

      const { grants, entries } = await writtenIn(opened)
      assert.deepEqual(
        grants.map((grant) => ({ ...grant })),
        [{ account_id: accountId, third_cat_id: 7448, application_no: 1, granted_at: clock.now().getTime() }],
      )
      const [delivery] = await listNewestDeliveries(db, { accountId }, 10)
      assert.equal(delivery?.state, 'pending')
      assert.equal(delivery?.applicationNo, 1)
      const entry = entries.at(-1)
      assert.equal(entry?.action, 'application.approve')
      assert.equal(entry?.actor, 'staff:li')
      assert.deepEqual(JSON.parse(entry?.detail ?? ''), { reason: 'seen', version: 2, delivery_no: 1 })
    })

    test('rejects an application without any other effect', async () => {
      await using opened = await openReview(kind)
      const accountId = await opened.newAccount()
      const submitted = await submitApplication(opened.review, aCategoryOf(accountId))
      assert.equal((await decideAs(opened, submitted, 'reject')).state, 'rejected')
      const { grants, deliveries } = await writtenIn(opened)
      assert.deepEqual(grants, [])
      assert.equal(deliveries[0]?.state, 'unaddressed')
    })

    test('rejects a decision on an unknown application', async () => {
      await using opened = await openReview(kind)
      const accountId = await opened.newAccount()
      await assert.rejects(decideAs(opened, { accountId, applicationNo: 1 }, 'approve'), problem('application.unknown'))
      await assert.rejects(
        decideAs(opened, { accountId: 99, applicationNo: 1 }, 'approve'),
        problem('application.unknown'),
      )
    })

    test('rejects a decision on a decided application and changes nothing', async () => {
      await using opened = await openReview(kind)
      const accountId = await opened.newAccount()
      const submitted = await submitApplication(opened.review, aCategoryOf(accountId))
      await decideAs(opened, submitted, 'approve')
      const before = await writtenIn(opened)
      for (const move of MOVE_NAMES) {
        await assert.rejects(decideAs(opened, submitted, move), problem('application.closed'))
      }
      assert.deepEqual(await writtenIn(opened), before)
    })

    test('rejects a decision on an old version and changes nothing', async () => {
      await using opened = await openReview(kind)
      const accountId = await opened.newAccount()
      const submitted = await submitApplication(opened.review, aCategoryOf(accountId))
      const before = await writtenIn(opened)
      await assert.rejects(decideAs(opened, submitted, 'approve', 7), problem('application.changed'))
      assert.deepEqual(await writtenIn(opened), before)
    })
  })

  describe(`two deciders on ${kind.name}`, () => {
    test('who read the same version: the second is refused', async () => {
      await using opened = await openReview(kind)
      const { db, review, newAccount } = opened
      const before = await submitApplication(review, aBatchOf(await newAccount()))
      const save = (move: Move) =>
        transaction(db, (trx) => saveDecision(trx, before, decide(before, aDecision({ move, reason: move }))))
      await save('reject')
      await assert.rejects(save('approve'), isChangedSince)
      assert.equal((await findApplication(db, before))?.state, 'rejected')
    })

    test('decide at once: one wins, the other is refused, and there is one effect', async () => {
      await using opened = await openReview(kind)
      const { review, newAccount } = opened
      const submitted = await submitApplication(review, aCategoryOf(await newAccount()))
      const moves = [...MOVE_NAMES, ...MOVE_NAMES]
      const decisions = await Promise.allSettled(moves.map((move) => decideAs(opened, submitted, move, 1)))
      const won = decisions.flatMap((each) => (each.status === 'fulfilled' ? each.value : []))
      assert.equal(won.length, 1)
      for (const each of decisions) {
        if (each.status === 'rejected') assert.ok(problem('application.closed')(each.reason))
      }
      const { deliveries, entries, grants } = await writtenIn(opened)
      assert.equal(deliveries.length, 1)
      assert.equal(entries.filter(({ action }) => /approve|reject/.test(action)).length, 1)
      assert.equal(grants.length, won[0]?.state === 'approved' ? 1 : 0)
    })
  })

  describe(`a decision that fails on ${kind.name}`, () => {
    /** Submit, let `poison` make something fail, and see that deciding writes nothing at all. */
    async function failsWhole(
      opened: OpenReview,
      poison: (accountId: number) => Promise<unknown>,
      why: RegExp | typeof isUniqueViolation = isUniqueViolation,
    ) {
      const accountId = await opened.newAccount()
      const submitted = await submitApplication(opened.review, aCategoryOf(accountId))
      await poison(accountId)
      const before = await writtenIn(opened)
      await assert.rejects(decideAs(opened, submitted, 'approve'), why)
      assert.deepEqual(await writtenIn(opened), before)
    }

    test('writes nothing when its effect fails, not even what the effect wrote before', async () => {
      await using opened = await openReview(kind, {
        category_qualification: {
          async approve({ trx, accountId }) {
            const row = { account_id: accountId, third_cat_id: 1, application_no: 1, granted_at: 0 }
            await trx.insertInto('category_grant').values(row).execute()
            throw new Error('out of order')
          },
        },
      })
      await failsWhole(opened, async () => {}, /out of order/)
    })

    test('writes nothing when its delivery fails', async () => {
      await using opened = await openReview(kind)
      const taken = { delivery_no: 1, application_no: 1, event: '', message: '', state: 'failed' as const, attempts: 0 }
      const times = { created_at: 0, started_at: 0, due_at: 0, leased_until: 0, delivered_at: null }
      await failsWhole(opened, (accountId) =>
        opened.db
          .insertInto('callback_delivery')
          .values({ account_id: accountId, ...taken, ...times })
          .execute(),
      )
    })

    test('writes nothing when its audit entry fails', async () => {
      await using opened = await openReview(kind)
      const taken = { entry_no: 3, application_no: 1, at: 0, actor: '', action: '', detail: '', hash: '' }
      await failsWhole(opened, (accountId) =>
        opened.db
          .insertInto('audit_entry')
          .values({ account_id: accountId, ...taken })
          .execute(),
      )
    })

    test('can be repeated afterwards', async () => {
      let broken = true
      await using opened = await openReview(kind, {
        category_qualification: {
          async approve() {
            if (broken) throw new Error('out of order')
          },
        },
      })
      const submitted = await submitApplication(opened.review, aCategoryOf(await opened.newAccount()))
      await assert.rejects(decideAs(opened, submitted, 'approve'))
      broken = false
      assert.equal((await decideAs(opened, submitted, 'approve')).state, 'approved')
    })
  })
}
