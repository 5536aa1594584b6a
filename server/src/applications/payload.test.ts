import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Type } from '@shenpi/sdk/contract/schema'
import type { Move } from '@shenpi/sdk/contract/states'
import { DATABASES } from '../../test/databases.ts'
import { aBatchOf, aCategoryOf } from '../../test/factories.ts'
import { type OpenReview, openReview } from '../../test/open-review.ts'
import { problem } from '../../test/problem.ts'
import { listNewestDeliveries } from '../callbacks/delivery-list.store.ts'
import { listLedger } from '../device-quota/quota-ledger.store.ts'
import { getApplication } from './application.store.ts'
import { defineKind } from './application-kind.ts'
import { listApplications } from './application-list.store.ts'
import { decideApplication } from './decide-application.ts'
import { payloadReader, UnreadablePayload } from './payload.ts'
import { submitApplication } from './submit-application.ts'
import { summarizeApplications } from './summarize-application.ts'

const Payload = Type.Object({
  name: Type.String({ minLength: 2, pattern: '^[a-z]+$' }),
  pictures: Type.Array(Type.Object({ url: Type.String({ maxLength: 3 }) }), { maxItems: 1 }),
  level: Type.Optional(Type.Union([Type.Literal('new'), Type.Integer({ minimum: 1 })])),
})

async function read(payload: unknown) {
  const readPayload = await payloadReader(Payload)()
  return readPayload({ accountId: 12, applicationNo: 345, kind: 'store', payload })
}

const isUnreadable = (applicationId: string | undefined, fault: RegExp) => (error: unknown) => {
  assert.ok(error instanceof UnreadablePayload)
  assert.equal(error.applicationId, applicationId)
  assert.match(error.message, fault)
  return true
}

const Choice = Type.Union([
  Type.Object({ change: Type.Literal('new'), info: Type.Object({ name: Type.String() }) }),
  Type.Object({ change: Type.Literal('update'), info: Type.Object({}) }),
])

describe('reading a payload', () => {
  test('tells the place within the choice that fits best', async () => {
    const owner = { accountId: 12, applicationNo: 345, kind: 'store', payload: { change: 'new', info: {} } } as const
    const readPayload = await payloadReader(Choice)()
    assert.throws(() => readPayload(owner), isUnreadable('12-345', /\/info\/name/))
  })

  test('gives what the schema says', async () => {
    const payload = { name: 'acme', pictures: [{ url: 'a' }], level: 'new' }
    assert.equal(await read(payload), payload)
  })

  test('takes what a rule of today would refuse: rules change, and what is stored stays', async () => {
    await read({ name: 'A', pictures: [{ url: 'long' }, { url: 'longer' }], level: 0, more: true })
  })

  for (const [what, payload, fault] of [
    ['a member is missing', { pictures: [] }, /\/name/],
    ['a member is of another type', { name: 7, pictures: [] }, /\/name/],
    ['an item is of another shape', { name: 'acme', pictures: [{ link: 'a' }] }, /\/pictures\/0\/url/],
    ['a member is none of its choices', { name: 'acme', pictures: [], level: 'old' }, /\/level/],
    ['it is a text', '{"name":', /the whole/],
    ['it is nothing', null, /the whole/],
  ] as const) {
    test(`tells the application's id and the place when ${what}`, async () => {
      await assert.rejects(read(payload), isUnreadable('12-345', fault))
    })
  }
})

test('a kind knows the type of its payload, and that an approved application has a date', () => {
  defineKind({
    name: 'shop_scene',
    payload: Type.Object({ scene_group_id: Type.Integer() }),
    open: 'scene.under_review',
    subject: ({ scene_group_id }) => scene_group_id.toFixed(),
    // @ts-expect-error: no member of the schema
    screen: ({ scene }) => (scene ? 'review' : 'approve'),
    async admit() {},
    async approve(_, { payload, decidedAt, state }) {
      const approved: 'approved' = state
      // @ts-expect-error: no member of the schema
      void [payload.quantity, decidedAt.getTime(), approved]
    },
    // @ts-expect-error: an integer is no text
    summarize: ({ scene_group_id }) => scene_group_id,
  })
})

for (const kind of DATABASES) {
  describe(`a stored payload that does not fit its kind on ${kind.name}`, () => {
    /** Two applications of an account; the payload of the first is overwritten. */
    async function withBroken(opened: OpenReview, payload: string) {
      const accountId = await opened.newAccount()
      const broken = await submitApplication(opened.review, aBatchOf(accountId))
      const whole = await submitApplication(opened.review, aCategoryOf(accountId))
      const change = { payload } as never
      await opened.db.updateTable('application').set(change).where('application_no', '=', 1).execute()
      return { accountId, broken, whole }
    }

    for (const [what, payload] of [
      ['lacks a member', '{"apply_reason":"shop floor"}'],
      ['is no JSON', '{"quantity":'],
    ] as const) {
      test(`is reported in a list, which shows the others, when it ${what}`, async () => {
        await using opened = await openReview(kind)
        const { db, review, unreadable } = opened
        const { accountId } = await withBroken(opened, payload)
        const applications = await listApplications(db, { accountId }, 10)
        const summaries = await summarizeApplications(review, applications)
        assert.deepEqual(summaries, ['category 7419/7439/7448', 'its payload cannot be read'])
        assert.deepEqual(
          unreadable.map(({ applicationId }) => applicationId),
          [`${accountId}-1`],
        )
      })

      test(`is rejected without effect and event, which the trail tells, when it ${what}`, async () => {
        await using opened = await openReview(kind)
        const { db, review, unreadable } = opened
        const { broken } = await withBroken(opened, payload)
        const decision = { move: 'reject', reason: 'damaged', actor: 'staff:li' } as const
        const { state, version, reason } = await decideApplication(review, broken, decision)
        assert.deepEqual([state, version, reason], ['rejected', 2, 'damaged'])
        assert.equal((await getApplication(db, broken)).state, 'rejected')
        assert.deepEqual(await listNewestDeliveries(db, { accountId: broken.accountId }, 10), [])
        const { action, detail } = await db
          .selectFrom('audit_entry')
          .select(['action', 'detail'])
          .orderBy('entry_no', 'desc')
          .limit(1)
          .executeTakeFirstOrThrow()
        assert.equal(action, 'application.reject')
        const without_effect = 'its payload cannot be read'
        assert.deepEqual(JSON.parse(detail), { reason: 'damaged', version: 2, without_effect })
        assert.equal(unreadable.length, 1)
        assert.equal((await submitApplication(review, aBatchOf(broken.accountId))).resubmissionOf, 1)
      })

      test(`fails its own approval and no other, and leaves nothing behind, when it ${what}`, async () => {
        await using opened = await openReview(kind)
        const { db, review } = opened
        const { accountId, broken, whole } = await withBroken(opened, payload)
        const decision = { move: 'approve', reason: '', actor: 'staff:li' } as const
        await assert.rejects(
          decideApplication(review, broken, decision),
          isUnreadable(`${accountId}-1`, /no device_batch/),
        )
        assert.equal((await getApplication(db, broken)).state, 'under_review')
        assert.equal((await decideApplication(review, whole, decision)).state, 'approved')
      })
    }

    test('does not hide that its decision is refused', async () => {
      await using opened = await openReview(kind)
      const { review } = opened
      const { broken } = await withBroken(opened, '{}')
      const decide = (move: Move, reason: string, version: number) =>
        decideApplication(review, broken, { move, reason, version, actor: 'staff:li' })
      await assert.rejects(decide('approve', '', 7), problem('application.changed'))
      await assert.rejects(decide('reject', ' ', 1), problem('decision.reason_required'))
      await assert.rejects(decide('approve', '长'.repeat(500), 1), problem('decision.reason_too_long'))
      await decide('reject', 'damaged', 1)
      await assert.rejects(decide('approve', '', 1), problem('application.closed'))
      await assert.rejects(decide('reject', '', 1), problem('application.closed'))
    })

    test('is reported in the ledger of the device quota, which shows the other rises', async () => {
      await using opened = await openReview(kind)
      const { db, review, newAccount, unreadable } = opened
      const accountId = await newAccount()
      for (const quantity of [10, 20]) {
        const payload = { quantity, purpose: 'a fair' }
        const application = await submitApplication(review, { accountId, kind: 'device_quota', payload })
        await decideApplication(review, application, { move: 'approve', reason: '', actor: 'staff:li' })
      }
      const change = { payload: '{}' } as never
      await db.updateTable('application').set(change).where('application_no', '=', 1).execute()
      const ledger = await listLedger(review, accountId, 10)
      assert.deepEqual(
        ledger.map(({ quantity, text }) => [quantity, text]),
        [
          [20, 'a fair'],
          [0, 'its payload cannot be read'],
        ],
      )
      assert.equal(unreadable.length, 1)
    })

    test('is not submitted', async () => {
      await using opened = await openReview(kind)
      const submission = { ...aBatchOf(await opened.newAccount()), payload: { quantity: '5' } }
      await assert.rejects(submitApplication(opened.review, submission), isUnreadable(undefined, /new/))
    })
  })
}
