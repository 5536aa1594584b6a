import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { sql } from 'kysely'
import { DATABASES } from '../../test/databases.ts'
import { aCategoryOf } from '../../test/factories.ts'
import { type OpenReview, openReview } from '../../test/open-review.ts'
import { until } from '../../test/until.ts'
import { claimPictures, listPictures, savePicture } from './picture.store.ts'
import { submitApplication } from './submit-application.ts'

const LEASE_MS = 30_000

/** An application with so many pictures that are still to be fetched, and one that is ours already. */
async function applicationWith(opened: OpenReview, pictures: number) {
  const accountId = await opened.newAccount()
  const waiting = Array.from({ length: pictures }, (_, index) => ({
    field: 'license',
    reference: `https://example.com/${index}.png`,
    linkKey: null,
  }))
  const ours = { field: 'certificate', reference: 'ours', linkKey: 'key' }
  return await submitApplication(opened.review, { ...aCategoryOf(accountId), pictures: [...waiting, ours] })
}

const claim = ({ db, clock }: OpenReview, limit = 10) => claimPictures(db, clock.now(), limit, LEASE_MS)
const positionsOf = (jobs: { position: number }[]) => jobs.map(({ position }) => position).toSorted()

for (const kind of DATABASES) {
  describe(`claiming pictures on ${kind.name}`, () => {
    test('takes each that is to be fetched once, until its lease ends', async () => {
      await using opened = await openReview(kind)
      const { accountId } = await applicationWith(opened, 3)
      const first = await claim(opened, 2)
      const second = await claim(opened, 2)
      assert.deepEqual(positionsOf([...first, ...second]), [0, 1, 2])
      assert.ok([...first, ...second].every((job) => job.accountId === accountId && job.field === 'license'))
      assert.deepEqual(await claim(opened), [])
      opened.clock.advance(LEASE_MS)
      assert.deepEqual(positionsOf(await claim(opened)), [0, 1, 2])
    })

    test('by several at once gives each picture to one of them', async () => {
      await using opened = await openReview(kind)
      await applicationWith(opened, 12)
      const claims = await Promise.all(Array.from({ length: 6 }, () => claim(opened, 5)))
      const positions = positionsOf(claims.flat())
      assert.equal(new Set(positions).size, positions.length)
      assert.equal(positions.length + (await claim(opened, 20)).length, 12)
    })

    test('tries one again when it is due, and leaves what is stored or failed', async () => {
      await using opened = await openReview(kind)
      const { db, clock } = opened
      const application = await applicationWith(opened, 3)
      const dueAt = new Date(clock.now().getTime() + 10_000)
      for (const job of await claim(opened)) {
        if (job.position === 0) await savePicture(db, job, { state: 'stored', linkKey: 'fetched' })
        if (job.position === 1) await savePicture(db, job, { state: 'failed', failure: 'it is no picture' })
        if (job.position === 2) await savePicture(db, job, { state: 'waiting', failure: 'nobody answered', dueAt })
      }
      const pictures = await listPictures(db, application)
      assert.deepEqual(
        pictures.map(({ state, linkKey, failure }) => [state, linkKey, failure]),
        [
          ['stored', 'key', null],
          ['stored', 'fetched', null],
          ['failed', null, 'it is no picture'],
          ['waiting', null, 'nobody answered'],
        ],
      )
      assert.deepEqual(await claim(opened), [])
      clock.set(dueAt)
      const [again] = await claim(opened)
      assert.deepEqual([again?.position, again?.attempts], [2, 1])
    })

    test('lets a late outcome change nothing once there is one', async () => {
      await using opened = await openReview(kind)
      const { db } = opened
      const application = await applicationWith(opened, 1)
      const [job] = await claim(opened)
      assert.ok(job)
      await savePicture(db, job, { state: 'stored', linkKey: 'fetched' })
      await savePicture(db, job, { state: 'failed', failure: 'too late' })
      const late = (await listPictures(db, application)).find(({ field }) => field === 'license')
      assert.deepEqual([late?.state, late?.linkKey, late?.failure], ['stored', 'fetched', null])
    })
  })
}

const POSTGRES = DATABASES.find(({ name }) => name === 'postgres')

test('a claimer that waits for another’s picture does not get it after all', {
  skip: !POSTGRES && 'no PostgreSQL',
}, async () => {
  assert.ok(POSTGRES)
  await using opened = await openReview(POSTGRES)
  const { db, clock } = opened
  await applicationWith(opened, 1)
  const claimed = Promise.withResolvers<unknown[]>()
  const goOn = Promise.withResolvers<void>()
  const first = db.transaction().execute(async (trx) => {
    claimed.resolve(await claimPictures(trx, clock.now(), 1, LEASE_MS))
    await goOn.promise
  })
  assert.equal((await claimed.promise).length, 1)
  // It has chosen the row already and waits for the lock on it.
  const second = claim(opened)
  const waiting = sql<{ count: number }>`select count(*) from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`
  await until(async () => (await waiting.execute(db)).rows[0]?.count === 1)
  goOn.resolve()
  await first
  assert.deepEqual(await second, [])
})
