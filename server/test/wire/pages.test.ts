import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { aPage } from 'shenpi-conformance/requests'
import { PICTURES } from 'shenpi-conformance/world/world'
import { lockJournal } from '../../src/journal/journal.store.ts'
import { deletePages } from '../../src/pages/delete-pages.ts'
import { deletePageRows } from '../../src/pages/page.store.ts'
import { bindPages } from '../../src/relations/bind-pages.ts'
import { insertPagesOfDevice } from '../../src/relations/device-page.store.ts'
import { openWorld } from '../conformance/world.ts'
import { DATABASES } from '../databases.ts'
import { refusedWith, stageRace } from './stage-race.ts'

for (const kind of DATABASES) {
  describe(`two writers of a page on ${kind.name}`, () => {
    test('do not delete a page that is being bound, and do not bind one that is being deleted', async () => {
      await using world = await openWorld(kind)
      const { db, beaconScheme, shakes } = world.server.services
      const { bindings } = shakes
      const { accountId } = world.members.merchant
      for (const page of [aPage(PICTURES.merchant.icon), aPage(PICTURES.merchant.icon)])
        await world.members.merchant.post('/shakearound/page/add', page)

      const deletion = await stageRace(
        db,
        async (trx) => {
          await lockJournal(trx, accountId)
          await insertPagesOfDevice(trx, { accountId, deviceId: 1 }, [1])
        },
        () => deletePages(db, accountId, [1]),
      )
      assert.equal(refusedWith(deletion), 'page.in_use')

      const binding = await stageRace(
        db,
        async (trx) => {
          await lockJournal(trx, accountId)
          await deletePageRows(trx, accountId, [2])
        },
        () =>
          bindPages(
            { db, bindings },
            { accountId, beaconScheme },
            { device_identifier: { device_id: 2 }, page_ids: [2] },
          ),
      )
      assert.equal(refusedWith(binding), 'page.invalid')
    })

    test('give a device at most 30 pages', async () => {
      await using world = await openWorld(kind)
      const { db, beaconScheme, shakes } = world.server.services
      const { bindings } = shakes
      const { accountId } = world.members.merchant
      await world.make('the merchant has pages 1 to 31')
      const pages = (first: number, count: number) => Array.from({ length: count }, (_, index) => first + index)
      const second = await stageRace(
        db,
        async (trx) => {
          await lockJournal(trx, accountId)
          await insertPagesOfDevice(trx, { accountId, deviceId: 1 }, pages(1, 20))
        },
        () =>
          bindPages(
            { db, bindings },
            { accountId, beaconScheme },
            { device_identifier: { device_id: 1 }, page_ids: pages(21, 11), bind: 1, append: 1 },
          ),
      )
      assert.equal(refusedWith(second), 'binding.too_many_pages')
    })
  })
}
