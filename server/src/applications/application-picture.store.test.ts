import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Transaction } from 'kysely'
import { DATABASES } from '../../test/databases.ts'
import { aCategoryOf } from '../../test/factories.ts'
import { endLeases } from '../../test/leases.ts'
import { type OpenReview, openReview } from '../../test/open-review.ts'
import { stageRace } from '../../test/wire/stage-race.ts'
import type { Schema } from '../db/schema.ts'
import { listPictures, savePicture } from './application-picture.store.ts'
import { PICTURE_JOB_MAX_MS } from './fetch-application-picture.ts'
import { pictureQueue } from './picture.queue.ts'
import { submitApplication } from './submit-application.ts'

/** An application with so many pictures that are still to be fetched, and one that is ours already. */
async function applicationWith(opened: OpenReview, pictures: number) {
  const accountId = await opened.newAccount()
  const waiting = Array.from({ length: pictures }, (_, index) => ({
    field: 'license' as const,
    reference: `https://example.com/${index}.png`,
    linkKey: null,
  }))
  const ours = { field: 'certificate' as const, reference: 'ours', linkKey: 'key' }
  return await submitApplication(opened.review, { ...aCategoryOf(accountId), pictures: [...waiting, ours] })
}

const claim = ({ db, clock }: OpenReview, limit = 10, accountId = 1) =>
  pictureQueue.claim(db, clock, { accountId, limit })
const positionsOf = (jobs: { position: number }[]) => jobs.map(({ position }) => position).toSorted()

test('a picture’s lease is longer than its longest fetch, so that it is not fetched twice at once', () => {
  assert.ok(pictureQueue.leaseMs > PICTURE_JOB_MAX_MS)
})

for (const kind of DATABASES) {
  describe(`claiming pictures on ${kind.name}`, () => {
    test('gives each waiting picture once until its lease ends', async () => {
      await using opened = await openReview(kind)
      const { accountId } = await applicationWith(opened, 2)
      const first = await claim(opened, 1)
      const second = await claim(opened, 1)
      assert.deepEqual(positionsOf([...first, ...second]), [0, 1])
      assert.ok([...first, ...second].every((job) => job.accountId === accountId && job.field === 'license'))
      assert.deepEqual(await claim(opened), [])
      await endLeases(opened.db, 'application_picture')
      assert.deepEqual(positionsOf(await claim(opened)), [0, 1])
    })

    test('gives an account only its share, and finds every account with waiting pictures', async () => {
      await using opened = await openReview(kind)
      const { db, clock } = opened
      const busy = await applicationWith(opened, pictureQueue.share + 2)
      const other = await applicationWith(opened, 1)
      const listDue = async () => (await pictureQueue.listDue(db, clock, 0)).accountIds
      assert.deepEqual(await listDue(), [busy.accountId, other.accountId])
      const share = await claim(opened, pictureQueue.share + 1)
      assert.equal(share.length, pictureQueue.share)
      assert.deepEqual(await claim(opened), [])
      assert.equal((await claim(opened, 10, other.accountId)).length, 1)
      for (const job of share) await savePicture(db, job, { state: 'failed', failure: 'nobody answered' })
      assert.equal((await claim(opened)).length, pictureQueue.share)
      assert.deepEqual(await listDue(), [])
    })

    test('gives each picture to one of several workers that claim at once', async () => {
      await using opened = await openReview(kind)
      await applicationWith(opened, pictureQueue.share)
      const claims = await Promise.all(Array.from({ length: 6 }, () => claim(opened, 5)))
      assert.deepEqual(positionsOf(claims.flat()), [0, 1])
    })

    test('gives a picture again when it is due, and no stored or failed one', async () => {
      await using opened = await openReview(kind)
      const { db, clock } = opened
      const application = await applicationWith(opened, 3)
      const dueAt = new Date(clock.machine() + 10_000)
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
      clock.advance(10_000)
      const [again] = await claim(opened)
      assert.deepEqual([again?.position, again?.attempts], [2, 1])
    })

    test('ignores a late outcome of a picture that has one', async () => {
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

test('a claim that waits for another one’s picture does not get it', {
  skip: !POSTGRES && 'no PostgreSQL',
}, async () => {
  assert.ok(POSTGRES)
  await using opened = await openReview(POSTGRES)
  const { db, clock } = opened
  await applicationWith(opened, 1)
  const turn = { accountId: 1, limit: 1 }
  const first = async (trx: Transaction<Schema>) => {
    assert.equal((await pictureQueue.claim(trx, clock, turn)).length, 1)
  }
  const second = await stageRace(db, first, () => pictureQueue.claim(db, clock, turn))
  assert.deepEqual(second, { status: 'fulfilled', value: [] })
})
