import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Move } from '@shenpi/sdk/contract/states'
import { DATABASES } from '../../test/databases.ts'
import { aBatchOf, aCategoryOf } from '../../test/factories.ts'
import { type OpenReview, openReview } from '../../test/open-review.ts'
import { problem } from '../../test/problem.ts'
import { transaction } from '../db/transaction.ts'
import { Problem } from '../problem.ts'
import { insertStaff, saveRoles, saveStaffState } from '../staff/staff.store.ts'
import { getApplication } from './application.store.ts'
import type { ApplicationKey } from './application-id.ts'
import { carryOutDecision } from './carry-out-decision.ts'
import { claimApplication, releaseClaim, takeOverClaim } from './claim-application.ts'
import { type AskedDecision, decideApplication } from './decide-application.ts'
import { listOpinions } from './opinion.store.ts'
import { scheduledDecisionQueue } from './scheduled-decision.queue.ts'
import { findScheduledDecision } from './scheduled-decision.store.ts'
import { submitApplication } from './submit-application.ts'
import { undoDecision } from './undo-decision.ts'

const LI = { actor: 'staff:李雷', actorKey: 'staff:1' }
const HAN = { actor: 'staff:韩梅梅', actorKey: 'staff:2' }
const KEY = { actor: 'key:first', actorKey: 'key:first' }
const ALL_BATCHES = [{ kind: 'device_batch', when: { field: 'quantity', above: 5000 } }] as const

type Who = typeof LI

const decideAs = ({ review }: OpenReview, key: ApplicationKey, who: Who, asked: Partial<AskedDecision> = {}) =>
  decideApplication(review, key, { move: 'approve', reason: '', ...who, ...asked })

const claimAs = ({ review }: OpenReview, key: ApplicationKey, who: Who) => claimApplication(review, key, who)

/** Let everything take effect that is due. */
async function carryOutDue({ db, clock, review }: OpenReview, accountId: number) {
  const jobs = await scheduledDecisionQueue.claim(db, clock, { accountId, limit: 10 })
  for (const job of jobs) await carryOutDecision(review, job)
  return jobs.length
}

async function newReviewer({ db, clock }: OpenReview, name: string): Promise<number> {
  const how = { createdAt: clock.now(), passwordHash: null, language: null, oidcSubject: null }
  return (await transaction(db, (trx) => insertStaff(trx, { name, roles: ['reviewer'], ...how }))).staffId
}

const saveState = ({ db }: OpenReview, staffId: number) =>
  transaction(db, (trx) => saveStaffState(trx, staffId, 'deactivated'))

const saveAuditor = ({ db }: OpenReview, staffId: number) =>
  transaction(db, (trx) => saveRoles(trx, staffId, ['auditor']))

async function entriesOf({ db }: OpenReview) {
  const rows = await db.selectFrom('audit_entry').selectAll().orderBy('entry_no').execute()
  return rows.map(({ actor, action, detail }) => ({ actor, action, detail: JSON.parse(detail) }))
}

/** The members of the refusal that a promise ends with. */
async function membersOf(refused: Promise<unknown>) {
  const error = await refused.then(
    () => assert.fail('it was not refused'),
    (error: unknown) => error,
  )
  assert.ok(error instanceof Problem, String(error))
  return error.members
}

for (const kind of DATABASES) {
  describe(`a claim on ${kind.name}`, () => {
    test('keeps everybody else from deciding, until it is given up, taken over or overridden', async () => {
      await using opened = await openReview(kind)
      const { db, review, newAccount } = opened
      const submitted = await submitApplication(review, aCategoryOf(await newAccount()))
      const claim = await claimAs(opened, submitted, LI)
      assert.deepEqual(await claimAs(opened, submitted, LI).then(({ name }) => name), LI.actor, 'it is prolonged')
      const told = { claim: { by: LI.actor, until: claim.until.toISOString() } }
      await assert.rejects(claimAs(opened, submitted, HAN), problem('application.claimed'))
      const members = await membersOf(decideAs(opened, submitted, HAN))
      assert.deepEqual(Object.keys(members ?? {}), Object.keys(told))
      await assert.rejects(decideAs(opened, submitted, KEY), problem('application.claimed'))

      await takeOverClaim(review, submitted, HAN)
      await assert.rejects(decideAs(opened, submitted, LI), problem('application.claimed'))
      assert.equal((await releaseClaim(review, submitted, LI))?.name, HAN.actor)
      const decided = await decideAs(opened, submitted, KEY, { override: true })
      assert.equal(decided.state, 'approved')
      assert.equal((await getApplication(db, submitted)).claim, null)
      const [taken, last] = (await entriesOf(opened)).slice(-2)
      assert.deepEqual([taken?.action, taken?.detail], ['application.take_over', { from: LI.actor }])
      assert.equal(last?.detail.override, `claimed by ${HAN.actor}`)
      await assert.rejects(claimAs(opened, submitted, LI), problem('application.closed'))
      await assert.rejects(takeOverClaim(review, submitted, LI), problem('application.closed'))
    })

    test('is nobody’s once it ran out', async () => {
      await using opened = await openReview(kind)
      const { db, review, newAccount } = opened
      const submitted = await submitApplication(review, aCategoryOf(await newAccount()))
      await claimAs(opened, submitted, LI)
      await db.updateTable('application').set({ claimed_until: 1 }).execute()
      assert.equal((await decideAs(opened, submitted, HAN)).state, 'approved')
    })
  })

  describe(`a second opinion on ${kind.name}`, () => {
    test('is asked of somebody else, who is not one of those before', async () => {
      await using opened = await openReview(kind)
      const { db, review, newAccount, setPolicy } = opened
      setPolicy({ secondOpinion: ALL_BATCHES })
      const submitted = await submitApplication(review, aBatchOf(await newAccount(), 6000))
      const first = await decideAs(opened, submitted, LI, { reason: '看过门店', version: 1 })
      assert.deepEqual([first.state, first.stage, first.version], ['under_review', 'second_opinion', 2])
      await assert.rejects(decideAs(opened, submitted, LI, { version: 2 }), problem('opinion.same_actor'))
      const stale = await membersOf(decideAs(opened, submitted, HAN, { version: 1 }))
      const opinion = { by: LI.actor, at: opened.clock.now().toISOString(), move: 'approve' }
      assert.deepEqual(stale, {
        application: {
          ...{ state: 'under_review', stage: 'second_opinion', version: 2 },
          ...{ decided_by: null, decided_at: null, reason: '', opinion },
        },
      })
      const second = await decideAs(opened, submitted, HAN, { version: 2 })
      assert.deepEqual([second.state, second.decidedBy], ['approved', HAN.actor])
      assert.deepEqual(
        (await listOpinions(db, submitted)).map(({ actor, note }) => [actor, note]),
        [[LI.actor, '看过门店']],
      )
      const entries = await entriesOf(opened)
      assert.deepEqual(entries.at(-1)?.detail.opinions, [{ by: LI.actor, at: opinion.at }])
      assert.deepEqual(entries.at(-2)?.detail, { move: 'approve', note: '看过门店', version: 2 })
    })

    test('counts a key as one, and is needed for no rejection and no smaller batch', async () => {
      await using opened = await openReview(kind)
      const { review, newAccount, setPolicy } = opened
      setPolicy({ secondOpinion: ALL_BATCHES })
      const large = await submitApplication(review, aBatchOf(await newAccount(), 6000))
      await decideAs(opened, large, KEY)
      await assert.rejects(decideAs(opened, large, KEY), problem('opinion.same_actor'))
      assert.equal((await decideAs(opened, large, KEY, { move: 'reject', reason: 'no' })).state, 'rejected')
      const small = await submitApplication(review, aBatchOf(await newAccount(), 5000))
      assert.equal((await decideAs(opened, small, KEY)).state, 'approved')
    })

    test('keeps a screening from approving by itself', async () => {
      await using opened = await openReview(kind)
      opened.setPolicy({ secondOpinion: [{ kind: 'device_batch' }] })
      const accountId = await opened.newAccount()
      assert.equal((await submitApplication(opened.review, aBatchOf(accountId, 10))).state, 'under_review')
    })
  })

  describe(`a decision that waits on ${kind.name}`, () => {
    test('is honoured as taken back until its last moment and never after', async () => {
      await using opened = await openReview(kind)
      const { db, review, clock, newAccount } = opened
      const accountId = await newAccount()
      const submitted = await submitApplication(review, aCategoryOf(accountId))
      await claimAs(opened, submitted, LI)
      const waiting = await decideAs(opened, submitted, LI, { delay: true, version: 1 })
      assert.deepEqual([waiting.state, waiting.stage, waiting.version], ['under_review', 'scheduled', 1])
      const told = await membersOf(decideAs(opened, submitted, HAN, { version: 1 }))
      const now = clock.now()
      assert.deepEqual(told, {
        scheduled: {
          ...{ move: 'approve', by: LI.actor, decided_at: now.toISOString(), bulk: null },
          until: new Date(now.getTime() + 10_000).toISOString(),
        },
      })
      await assert.rejects(claimAs(opened, submitted, HAN), problem('decision.scheduled'))

      clock.advance(9_999)
      assert.equal(await carryOutDue(opened, accountId), 0)
      await assert.rejects(undoDecision(review, submitted, { ...HAN, ofOthers: false }), problem('decision.not_yours'))
      assert.equal((await undoDecision(review, submitted, { ...LI, ofOthers: false })).stage, 'open')

      await decideAs(opened, submitted, HAN, { delay: true, version: 1 })
      clock.advance(10_000)
      await assert.rejects(
        undoDecision(review, submitted, { ...HAN, ofOthers: true }),
        problem('decision.none_scheduled'),
      )
      assert.equal(await carryOutDue(opened, accountId), 1)
      const decided = await getApplication(db, submitted)
      assert.deepEqual([decided.state, decided.decidedBy, decided.decidedAt], ['approved', HAN.actor, clock.now()])
      assert.deepEqual((await entriesOf(opened)).map(({ actor, action }) => `${actor} ${action}`).slice(-4), [
        `${LI.actor} application.schedule`,
        `${LI.actor} application.undo`,
        `${HAN.actor} application.schedule`,
        `${HAN.actor} application.approve`,
      ])
    })

    test('goes back to the queue when it is refused at last, and its reviewer is told why', async () => {
      await using opened = await openReview(kind)
      const { db, review, clock, newAccount } = opened
      const accountId = await newAccount({ ceiling: 600 })
      const submitted = await submitApplication(review, aBatchOf(accountId, 501))
      await decideAs(opened, submitted, LI, { delay: true })
      await db.updateTable('device_quota').set({ allocated: 200 }).execute()
      clock.advance(10_000)
      await carryOutDue(opened, accountId)
      const { state, stage } = await getApplication(db, submitted)
      assert.deepEqual([state, stage], ['under_review', 'refused'])
      const scheduled = await findScheduledDecision(db, submitted)
      assert.deepEqual([scheduled?.state, scheduled?.refusal?.code], ['refused', 'device.quota_exceeded'])
      assert.equal((await entriesOf(opened)).at(-1)?.action, 'application.decision_refused')
      assert.equal((await decideAs(opened, submitted, HAN, { move: 'reject', reason: 'full' })).state, 'rejected')
    })

    test('has no effect when it was taken back, and another made, while its job waited for the account', async () => {
      await using opened = await openReview(kind)
      const { db, review, clock, newAccount } = opened
      const accountId = await newAccount()
      const submitted = await submitApplication(review, aCategoryOf(accountId))
      await decideAs(opened, submitted, LI, { delay: true })
      const waiting = await findScheduledDecision(db, submitted)
      assert.ok(waiting)
      await undoDecision(review, submitted, { ...LI, ofOthers: false })
      clock.advance(10_000)
      await carryOutDecision(review, waiting)
      assert.equal((await getApplication(db, submitted)).state, 'under_review', 'it was taken back')
      await decideAs(opened, submitted, HAN, { delay: true })
      await carryOutDecision(review, waiting)
      assert.equal((await getApplication(db, submitted)).stage, 'scheduled', 'the other one waits')
    })

    test('has no effect when who decided it was deactivated or lost the role', async () => {
      await using opened = await openReview(kind)
      const { db, review, clock, newAccount } = opened
      const accountId = await newAccount()
      for (const [level3, name, bar, state, stage] of [
        [1, 'stays', () => Promise.resolve(), 'approved', 'open'],
        [2, 'leaves', (staffId: number) => saveState(opened, staffId), 'under_review', 'refused'],
        [3, 'moves', (staffId: number) => saveAuditor(opened, staffId), 'under_review', 'refused'],
      ] as const) {
        const staffId = await newReviewer(opened, name)
        const submitted = await submitApplication(review, aCategoryOf(accountId, level3))
        await decideAs(opened, submitted, { actor: `staff:${name}`, actorKey: `staff:${staffId}` }, { delay: true })
        await bar(staffId)
        clock.advance(10_000)
        await carryOutDue(opened, accountId)
        const after = await getApplication(db, submitted)
        assert.deepEqual([after.state, after.stage], [state, stage], name)
        const refusal = (await findScheduledDecision(db, submitted))?.refusal?.code
        assert.equal(refusal, stage === 'refused' ? 'decision.decider_barred' : undefined)
      }
    })

    test('takes effect at once where the policy gives no time', async () => {
      await using opened = await openReview(kind)
      opened.setPolicy({ undoMs: 0 })
      const submitted = await submitApplication(opened.review, aCategoryOf(await opened.newAccount()))
      assert.equal((await decideAs(opened, submitted, LI, { delay: true })).state, 'approved')
    })

    test('becomes the first of two opinions where the policy asks for two', async () => {
      await using opened = await openReview(kind)
      const { db, review, clock, newAccount, setPolicy } = opened
      setPolicy({ secondOpinion: ALL_BATCHES })
      const accountId = await newAccount()
      const submitted = await submitApplication(review, aBatchOf(accountId, 6000))
      for (const [who, state] of [
        [LI, 'under_review'],
        [HAN, 'approved'],
      ] as const) {
        await decideAs(opened, submitted, who, { delay: true })
        clock.advance(10_000)
        await carryOutDue(opened, accountId)
        assert.equal((await getApplication(db, submitted)).state, state)
      }
    })
  })

  test(`keeps the fields that a rejection names, and no unknown ones, on ${kind.name}`, async () => {
    await using opened = await openReview(kind)
    const { db, review, newAccount } = opened
    const submitted = await submitApplication(review, aBatchOf(await newAccount()))
    const reject = (fields: string[]) =>
      decideAs(opened, submitted, KEY, { move: 'reject' satisfies Move, reason: '数量过大', fields })
    await assert.rejects(reject(['colour']), problem('field.unknown'))
    await reject(['quantity', 'apply_reason'])
    assert.deepEqual((await getApplication(db, submitted)).rejectedFields, ['quantity', 'apply_reason'])
    assert.deepEqual((await entriesOf(opened)).at(-1)?.detail.fields, ['quantity', 'apply_reason'])
  })
}
