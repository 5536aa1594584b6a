import assert from 'node:assert/strict'
import { describe, type TestContext, test } from 'node:test'
import pino from 'pino'
import { DATABASES } from '../../test/databases.ts'
import { aCategoryOf, anApplication } from '../../test/factories.ts'
import { endLeases } from '../../test/leases.ts'
import { type OpenReview, openReview } from '../../test/open-review.ts'
import { until } from '../../test/until.ts'
import { insertApplication } from '../applications/application.store.ts'
import { decideApplication } from '../applications/decide-application.ts'
import { submitApplication } from '../applications/submit-application.ts'
import { deliveryQueue } from '../callbacks/delivery.queue.ts'
import { listAttempts } from '../callbacks/delivery.store.ts'
import { isUniqueViolation } from '../db/open.ts'
import { transaction } from '../db/transaction.ts'
import { systemEntropy } from '../entropy/entropy.ts'
import { FairClaim } from '../jobs/fair-claim.ts'
import { createOutbound } from '../outbound/outbound.ts'
import { changeAccount } from './change-account.ts'

const SILENT = pino({ level: 'silent' })
const URL = 'https://example.com/'

/** A worker of deliveries whose receivers answer when the test says so. */
function aWorker({ db, clock }: OpenReview) {
  const asked: ((error?: Error) => void)[] = []
  const send = async () => {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    asked.push((error) => (error ? reject(error) : resolve()))
    await promise
    return { status: 200, headers: {}, body: Buffer.from('success'), durationMs: 1 }
  }
  const outbound = { ...createOutbound({ allow: [] }), send }
  const worker = deliveryQueue.startWorker({ db, clock, entropy: systemEntropy, log: SILENT, outbound })
  return { asked, worker }
}

/** What the worker's fair claim does. */
function watch(t: TestContext) {
  const reserve = t.mock.method(FairClaim.prototype, 'reserve')
  const next = t.mock.method(FairClaim.prototype, 'next')
  const add = t.mock.method(FairClaim.prototype, 'add')
  return {
    reserved: () => reserve.mock.calls.map(({ result }) => result),
    claims: () => next.mock.calls.flatMap(({ result }) => result ?? []).length,
    added: () => add.mock.callCount(),
  }
}

async function decide({ review }: OpenReview, accountId: number, level3 = 7448): Promise<void> {
  const application = await submitApplication(review, aCategoryOf(accountId, level3))
  await decideApplication(review, application, { move: 'approve', reason: '', actor: 'staff:li' })
}

const rowsOf = ({ db }: OpenReview) =>
  db
    .selectFrom('callback_delivery')
    .select(['delivery_no', 'state', 'attempts', 'leased_until'])
    .orderBy('delivery_no')
    .execute()

const anEvent = {
  applicationNo: 1,
  name: 'open_product_category_audit',
  fields: {},
  at: new Date(0),
  dueAt: new Date(0),
}

for (const kind of DATABASES) {
  describe(`a promised callback on ${kind.name}`, () => {
    test('is inserted leased and run after the commit, without a claim', async (t) => {
      await using opened = await openReview(kind)
      const accountId = await opened.newAccount({ callbackUrl: URL })
      const watched = watch(t)
      const { asked, worker } = aWorker(opened)
      await decide(opened, accountId)
      await until(() => asked.length === 1)
      const [inHand] = await rowsOf(opened)
      assert.equal(inHand?.state, 'pending')
      assert.ok(inHand.leased_until > 0)
      assert.deepEqual((await deliveryQueue.listDue(opened.db, opened.clock, 0)).accountIds, [])
      asked[0]?.()
      await until(async () => (await rowsOf(opened))[0]?.state === 'delivered')
      await worker.stop()
      assert.equal((await listAttempts(opened.db, { accountId, deliveryNo: 1 })).length, 1)
      assert.deepEqual([watched.reserved(), watched.claims(), watched.added()], [[true], 0, 0])
    })

    test('is inserted free while the one before is under way, and claimed after it', async (t) => {
      await using opened = await openReview(kind)
      const accountId = await opened.newAccount({ callbackUrl: URL })
      const watched = watch(t)
      const { asked, worker } = aWorker(opened)
      await decide(opened, accountId, 1)
      await decide(opened, accountId, 2)
      assert.equal((await rowsOf(opened))[1]?.leased_until, 0)
      await until(() => asked.length === 1)
      asked[0]?.()
      await until(() => asked.length === 2)
      asked[1]?.()
      await until(async () => (await rowsOf(opened)).every(({ state }) => state === 'delivered'))
      await worker.stop()
      assert.deepEqual(watched.reserved(), [true, false])
    })

    test('is inserted free when the account’s share is leased, by whatever server', async () => {
      await using opened = await openReview(kind)
      const { db, clock, newAccount } = opened
      const accountId = await newAccount({ callbackUrl: URL })
      for (let level3 = 1; level3 <= deliveryQueue.share; level3 += 1) await decide(opened, accountId, level3)
      const claimed = await deliveryQueue.claim(db, clock, { accountId, limit: deliveryQueue.share })
      assert.equal(claimed.length, deliveryQueue.share)
      const { asked, worker } = aWorker(opened)
      await decide(opened, accountId, 99)
      assert.equal((await rowsOf(opened)).at(-1)?.leased_until, 0)
      await worker.stop()
      assert.equal(asked.length, 0)
    })

    test('gives its place back when the change is rolled back', async (t) => {
      await using opened = await openReview(kind)
      const { db, newAccount } = opened
      const accountId = await newAccount({ callbackUrl: URL })
      await transaction(db, (trx) => insertApplication(trx, anApplication({ accountId })))
      const watched = watch(t)
      const { asked, worker } = aWorker(opened)
      const rival = await db
        .selectFrom('audit_entry')
        .selectAll()
        .where('account_id', '=', accountId)
        .executeTakeFirst()
      assert.ok(rival)
      await db
        .insertInto('audit_entry')
        .values({ ...rival, entry_no: 2 })
        .execute()
      const poisoned = changeAccount(db, accountId, async (account) => {
        await account.promise(anEvent)
        account.append({ at: new Date(0), actor: 'staff:li', action: 'note.write', detail: {} })
      })
      await assert.rejects(poisoned, isUniqueViolation)
      await changeAccount(db, accountId, async (account) => account.promise(anEvent))
      await until(() => asked.length === 1)
      asked[0]?.()
      await worker.stop()
      assert.deepEqual(watched.reserved(), [true, true])
      assert.deepEqual(
        (await rowsOf(opened)).map(({ state }) => state),
        ['delivered'],
      )
    })

    test('is claimed when its lease ends, after its server was killed between commit and send', async () => {
      await using opened = await openReview(kind)
      const accountId = await opened.newAccount({ callbackUrl: URL })
      const killed = aWorker(opened)
      await decide(opened, accountId)
      await until(() => killed.asked.length === 1)
      const other = aWorker(opened)
      other.worker.wake(accountId)
      await until(() => other.worker.age() === 0)
      assert.deepEqual(await deliveryQueue.claim(opened.db, opened.clock, { accountId, limit: 1 }), [])
      await endLeases(opened.db, 'callback_delivery')
      other.worker.wake(accountId)
      await until(() => other.asked.length === 1)
      other.asked[0]?.()
      await until(async () => (await rowsOf(opened))[0]?.state === 'delivered')
      killed.asked[0]?.(new Error('the server is dead'))
      await Promise.all([killed.worker.stop(), other.worker.stop()])
      assert.deepEqual(
        (await rowsOf(opened)).map(({ attempts }) => attempts),
        [1],
      )
    })

    test('waits when the worker stops, and so does the worker for a change that has a place', async () => {
      await using opened = await openReview(kind)
      const accountId = await opened.newAccount({ callbackUrl: URL })
      const { asked, worker } = aWorker(opened)
      const place = deliveryQueue.reserve(opened.db, accountId, 0)
      let isStopped = false
      const stopped = worker.stop().then(() => {
        isStopped = true
      })
      await decide(opened, accountId)
      assert.deepEqual([isStopped, (await rowsOf(opened))[0]?.leased_until], [false, 0])
      place?.giveBack()
      await stopped
      assert.equal(asked.length, 0)
    })
  })

  test(`a change that leaves nothing for a queue wakes no worker, on ${kind.name}`, async (t) => {
    await using opened = await openReview(kind)
    const { review, newAccount } = opened
    const accountId = await newAccount({ callbackUrl: URL })
    const { worker } = aWorker(opened)
    const wake = t.mock.method(worker, 'wake')
    await submitApplication(review, aCategoryOf(accountId))
    const picture = { field: 'license' as const, reference: 'https://example.com/1.png', linkKey: null }
    await submitApplication(review, { ...aCategoryOf(accountId, 1), pictures: [picture] })
    assert.equal(wake.mock.callCount(), 0)
    await worker.stop()
  })
}
