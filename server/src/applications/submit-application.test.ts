import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { ApplicationState, Move } from '@shenpi/sdk/contract/states'
import { sql } from 'kysely'
import { DATABASES } from '../../test/databases.ts'
import { aBatchOf, aCategoryOf, anApplication } from '../../test/factories.ts'
import { openReview } from '../../test/open-review.ts'
import { problem } from '../../test/problem.ts'
import { until } from '../../test/until.ts'
import { isUniqueViolation } from '../db/open.ts'
import { transaction } from '../db/transaction.ts'
import { changeAccount } from '../journal/change-account.ts'
import { Problem } from '../problem.ts'
import { findApplication, insertApplication } from './application.store.ts'
import { listApplications } from './application-list.store.ts'
import { listPictures } from './application-picture.store.ts'
import { decideApplication } from './decide-application.ts'
import { submitApplication } from './submit-application.ts'

for (const kind of DATABASES) {
  describe(`submitting on ${kind.name}`, () => {
    test('leaves an application under review, due after three working days', async () => {
      await using opened = await openReview(kind)
      const { db, review, clock, newAccount } = opened
      const accountId = await newAccount()
      const application = await submitApplication(review, aBatchOf(accountId))
      assert.deepEqual(application, {
        accountId,
        applicationNo: 1,
        kind: 'device_batch',
        subject: 'device_batch',
        state: 'under_review',
        payload: aBatchOf(accountId).payload,
        version: 1,
        appliedAt: clock.now(),
        dueAt: new Date('2026-03-18T23:59:59.999+08:00'),
        decidedAt: null,
        decidedBy: null,
        reason: '',
        resubmissionOf: null,
        stage: 'open',
        claim: null,
        rejectedFields: [],
      })
      assert.deepEqual(await findApplication(db, application), application)
    })

    test('appends what was applied for to the audit trail', async () => {
      await using opened = await openReview(kind)
      const accountId = await opened.newAccount()
      const pictures = [
        { field: 'license' as const, reference: 'https://example.com/a.png', linkKey: null },
        { field: 'license' as const, reference: 'ours', linkKey: 'key' },
        { field: 'certificate' as const, reference: 'ours too', linkKey: 'key' },
      ]
      const application = await submitApplication(opened.review, {
        ...aCategoryOf(accountId),
        pictures,
        actor: 'staff:li',
      })
      const entry = await opened.db
        .selectFrom('audit_entry')
        .selectAll()
        .where('action', '=', 'application.submit')
        .executeTakeFirstOrThrow()
      assert.equal(entry.application_no, 1)
      assert.equal(entry.actor, 'staff:li')
      assert.deepEqual(JSON.parse(entry.detail), {
        kind: 'category_qualification',
        subject: 'category:7448',
        payload: application.payload,
        pictures: pictures.map(({ reference }) => reference),
      })
      const kept = await listPictures(opened.db, application)
      assert.deepEqual(
        kept.map(({ field, position, state, linkKey }) => [field, position, state, linkKey]),
        [
          ['certificate', 0, 'stored', 'key'],
          ['license', 0, 'waiting', null],
          ['license', 1, 'stored', 'key'],
        ],
      )
    })

    test('numbers the applications of each account without gaps', async () => {
      await using opened = await openReview(kind)
      const { review, newAccount } = opened
      const one = await newAccount()
      const other = await newAccount()
      const numbers = []
      for (const level3 of [1, 2, 3])
        numbers.push((await submitApplication(review, aCategoryOf(one, level3))).applicationNo)
      await assert.rejects(submitApplication(review, aCategoryOf(one, 3)), problem('category.under_review'))
      numbers.push((await submitApplication(review, aCategoryOf(one, 4))).applicationNo)
      assert.deepEqual(numbers, [1, 2, 3, 4])
      assert.equal((await submitApplication(review, aCategoryOf(other, 1))).applicationNo, 1)
    })

    test('decides an application at once that needs no staff', async () => {
      await using opened = await openReview(kind)
      const { db, review, newAccount } = opened
      const accountId = await newAccount()
      const application = await submitApplication(review, aBatchOf(accountId, 500))
      assert.equal(application.state, 'approved')
      assert.equal(application.decidedBy, 'quick_review')
      assert.deepEqual(await findApplication(db, application), application)
      const actions = await db.selectFrom('audit_entry').select('action').orderBy('entry_no').execute()
      assert.deepEqual(
        actions.map(({ action }) => action),
        ['account.create', 'application.submit', 'application.approve'],
      )
    })

    test('links a resubmission to the rejected application, and to no other', async () => {
      await using opened = await openReview(kind)
      const { review, newAccount } = opened
      const accountId = await newAccount()
      const decide = (applicationNo: number, move: Move) =>
        decideApplication(review, { accountId, applicationNo }, { move, reason: 'seen', actor: 'staff:li' })
      const submit = async () => (await submitApplication(review, aBatchOf(accountId))).resubmissionOf
      assert.equal(await submit(), null)
      await decide(1, 'reject')
      assert.equal(await submit(), 1)
      await decide(2, 'reject')
      assert.equal(await submit(), 2)
      await decide(3, 'approve')
      assert.equal(await submit(), null)
    })

    test('fails as an internal error for an account that does not exist', async () => {
      await using opened = await openReview(kind)
      await assert.rejects(
        submitApplication(opened.review, aBatchOf(99)),
        (error) => !(error instanceof Problem) && !isUniqueViolation(error),
      )
    })
  })

  describe(`one open application a subject on ${kind.name}`, () => {
    test('refuses a second one until the first is decided', async () => {
      await using opened = await openReview(kind)
      const { review, newAccount } = opened
      const accountId = await newAccount()
      const first = await submitApplication(review, aBatchOf(accountId))
      await assert.rejects(submitApplication(review, aBatchOf(accountId, 1)), problem('batch.under_review'))
      await decideApplication(review, first, { move: 'reject', reason: 'no', actor: 'staff:li' })
      await submitApplication(review, aBatchOf(accountId))
    })

    test('does not concern other subjects and other accounts', async () => {
      await using opened = await openReview(kind)
      const { review, newAccount } = opened
      const accountId = await newAccount()
      await submitApplication(review, aCategoryOf(accountId, 1))
      await submitApplication(review, aCategoryOf(accountId, 2))
      await submitApplication(review, aBatchOf(accountId))
      await submitApplication(review, aCategoryOf(await newAccount(), 1))
    })

    test('is held by the index alone, without any lock', async () => {
      await using opened = await openReview(kind)
      const { db, newAccount } = opened
      const accountId = await newAccount()
      const insert = (applicationNo: number, state: ApplicationState = 'under_review') =>
        transaction(db, (trx) => insertApplication(trx, anApplication({ accountId, applicationNo, state })))
      await insert(1)
      await assert.rejects(insert(2), isUniqueViolation)
      await insert(3, 'rejected')
      await insert(4, 'rejected')
    })

    test('is refused in the kind’s words when only the index refuses', async () => {
      let rival: Promise<unknown> | undefined
      await using opened = await openReview(kind, {
        device_batch: {
          // Somebody who does not take the journal's lock comes in between.
          admit: async ({ trx, accountId }) => {
            rival = insertApplication(trx, anApplication({ accountId, applicationNo: 7 }))
            await rival
          },
        },
      })
      const { db, review, newAccount } = opened
      const accountId = await newAccount()
      await assert.rejects(submitApplication(review, aBatchOf(accountId)), problem('batch.under_review'))
      assert.ok(rival)
      assert.deepEqual(await listApplications(db, { accountId }, 10), [])
    })

    test('accepts one of several that are submitted at once', async () => {
      await using opened = await openReview(kind)
      const { db, review, newAccount } = opened
      const accountId = await newAccount()
      const submissions = await Promise.allSettled(
        Array.from({ length: 8 }, () => submitApplication(review, aBatchOf(accountId))),
      )
      const refused = submissions.filter((each) => each.status === 'rejected')
      assert.equal(refused.length, 7)
      for (const { reason } of refused) assert.ok(problem('batch.under_review')(reason))
      assert.equal((await listApplications(db, { accountId }, 10)).length, 1)
    })

    test('makes the second wait for the first, and shows it what the first did', async () => {
      await using opened = await openReview(kind)
      const { db, review, newAccount } = opened
      const accountId = await newAccount()
      const locked = Promise.withResolvers<void>()
      const goOn = Promise.withResolvers<void>()
      const first = changeAccount(db, accountId, async (account) => {
        // It answers with the lock: the database may take that of another connection first.
        const applicationNo = await account.number('application')
        locked.resolve()
        await goOn.promise
        await insertApplication(account.trx, anApplication({ accountId, applicationNo }))
      })
      await locked.promise
      const refused = assert.rejects(submitApplication(review, aBatchOf(accountId)), problem('batch.under_review'))
      // On SQLite the second has no turn yet; on PostgreSQL the server says that it waits.
      if (kind.name === 'postgres') {
        const waiting = sql<{ count: number }>`select count(*) from pg_stat_activity
          where datname = current_database() and wait_event_type = 'Lock'`
        await until(async () => (await waiting.execute(db)).rows[0]?.count === 1)
      }
      goOn.resolve()
      await first
      await refused
    })
  })

  describe(`a submission that fails on ${kind.name}`, () => {
    for (const [what, changes] of [
      ['when what approval does fails', { approve: () => Promise.reject(new Error('out of order')) }],
      ['when the rules of the field refuse it', { admit: () => Promise.reject(new Error('out of order')) }],
    ] as const) {
      test(`${what} leaves nothing behind`, async () => {
        await using opened = await openReview(kind, { device_batch: changes })
        const { db, review, newAccount } = opened
        const accountId = await newAccount()
        const counters = () => db.selectFrom('account_journal').selectAll().executeTakeFirstOrThrow()
        const before = await counters()
        await assert.rejects(submitApplication(review, aBatchOf(accountId, 1)), /out of order/)
        assert.deepEqual(await counters(), before)
        assert.deepEqual(await listApplications(db, {}, 10), [])
        assert.equal((await db.selectFrom('audit_entry').selectAll().execute()).length, 1)
      })
    }
  })
}
