import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { sql } from 'kysely'
import { DATABASES } from '../../test/databases.ts'
import { aCategoryOf } from '../../test/factories.ts'
import { type OpenReview, openReview } from '../../test/open-review.ts'
import { until } from '../../test/until.ts'
import { claimPictures, listPictures, PICTURES_PER_ACCOUNT, savePicture } from './picture.store.ts'
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
const accountsOf = (jobs: { accountId: number }[]) => jobs.map(({ accountId }) => accountId)
const positionsOf = (jobs: { position: number }[]) => jobs.map(({ position }) => position).toSorted()

for (const kind of DATABASES) {
  describe(`claiming pictures on ${kind.name}`, () => {
    test('takes each that is to be fetched once, until its lease ends', async () => {
      await using opened = await openReview(kind)
      const { accountId } = await applicationWith(opened, 2)
      const first = await claim(opened, 1)
      const second = await claim(opened, 1)
      assert.deepEqual(positionsOf([...first, ...second]), [0, 1])
      assert.ok([...first, ...second].every((job) => job.accountId === accountId && job.field === 'license'))
      assert.deepEqual(await claim(opened), [])
      opened.clock.advance(LEASE_MS)
      assert.deepEqual(positionsOf(await claim(opened)), [0, 1])
    })

    test('takes of one account only its share, and from whoever is due behind it', async () => {
      await using opened = await openReview(kind)
      const busy = await applicationWith(opened, PICTURES_PER_ACCOUNT + 2)
      opened.clock.advance(1000)
      const other = await applicationWith(opened, 1)
      const share = await claim(opened, PICTURES_PER_ACCOUNT + 1)
      assert.deepEqual(accountsOf(share), Array(PICTURES_PER_ACCOUNT).fill(busy.accountId))
      assert.deepEqual(accountsOf(await claim(opened)), [other.accountId])
      assert.deepEqual(await claim(opened), [])
      for (const job of share) await savePicture(opened.db, job, { state: 'failed', failure: 'nobody answered' })
      assert.deepEqual(accountsOf(await claim(opened)), Array(PICTURES_PER_ACCOUNT).fill(busy.accountId))
    })

    test('by several at once gives each picture to one of them', async () => {
      await using opened = await openReview(kind)
      for (let account = 0; account < 6; account += 1) await applicationWith(opened, PICTURES_PER_ACCOUNT)
      const claims = await Promise.all(Array.from({ length: 6 }, () => claim(opened, 5)))
      const pictures = claims.flat().map(({ accountId, position }) => `${accountId}/${position}`)
      assert.equal(new Set(pictures).size, pictures.length)
      assert.equal(pictures.length + (await claim(opened, 20)).length, 6 * PICTURES_PER_ACCOUNT)
    })

    test('tries one again when it is due, and leaves what is stored or failed', async () => {
      await using opened = await openReview(kind)
      const { db, clock } = opened
      const application = await applicationWith(opened, 3)
      const dueAt = new Date(clock.now().getTime() + 10_000)
      for (const outcome of [
        { state: 'stored', linkKey: 'fetched' },
        { state: 'failed', failure: 'it is no picture' },
        { state: 'waiting', failure: 'nobody answered', dueAt },
      ] as const) {
        const [job] = await claim(opened, 1)
        assert.ok(job)
        await savePicture(db, job, outcome)
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
