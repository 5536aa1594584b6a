import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { addDevices } from '../../src/groups/add-devices.ts'
import { addGroup } from '../../src/groups/add-group.ts'
import { deleteGroup } from '../../src/groups/delete-group.ts'
import { lockGroup } from '../../src/groups/group.store.ts'
import { insertMembers } from '../../src/groups/group-member.store.ts'
import { openWorld, type World } from '../conformance/world.ts'
import { DATABASES } from '../databases.ts'
import { refusedWith, stageRace } from './stage-race.ts'

function setOf({ server: { services }, members: { merchant } }: World) {
  const { db, beaconScheme } = services
  const { accountId } = merchant
  return { services, db, accountId, key: { accountId, groupId: 1 }, scope: { accountId, beaconScheme } }
}

for (const kind of DATABASES) {
  describe(`two writers of a group on ${kind.name}`, () => {
    test('one of two devices for the last place in a group is refused', async () => {
      await using world = await openWorld(kind)
      const { db, key, scope } = setOf(world)
      await world.members.merchant.post('/shakearound/device/group/add', { group_name: 'hall' })
      await world.make('group 1 holds 10,000 devices')
      const last = { group_id: 1, device_identifiers: [{ device_id: 10_008 }] }
      assert.equal((await world.members.merchant.post('/shakearound/device/group/deletedevice', last)).json.errcode, 0)

      const second = await stageRace(
        db,
        async (trx) => {
          await lockGroup(trx, key)
          await insertMembers(trx, key, [1])
        },
        () => addDevices(db, scope, 1, [{ device_id: 2 }]),
      )
      assert.equal(refusedWith(second), 'group.full')
      const detail = { group_id: 1, begin: 0, count: 2 }
      const { data } = (await world.members.merchant.post('/shakearound/device/group/getdetail', detail)).json
      assert.equal(data.total_count, 10_000)
      assert.deepEqual(
        data.devices.map(({ device_id }: { device_id: number }) => device_id),
        [1, 9],
      )
    })

    test('both of two writers add the same device to a group, and it counts once', async () => {
      await using world = await openWorld(kind)
      const { db, key, scope } = setOf(world)
      await world.members.merchant.post('/shakearound/device/group/add', { group_name: 'hall' })
      const second = await stageRace(
        db,
        async (trx) => {
          await lockGroup(trx, key)
          await insertMembers(trx, key, [1])
        },
        () => addDevices(db, scope, 1, [{ device_id: 2 }, { device_id: 1 }]),
      )
      assert.equal(second.status, 'fulfilled')
      const detail = { group_id: 1, begin: 0, count: 10 }
      const { data } = (await world.members.merchant.post('/shakearound/device/group/getdetail', detail)).json
      assert.equal(data.total_count, 2)
    })

    test('a group is not deleted while a device is added to it', async () => {
      await using world = await openWorld(kind)
      const { db, key } = setOf(world)
      await world.members.merchant.post('/shakearound/device/group/add', { group_name: 'hall' })
      const second = await stageRace(
        db,
        async (trx) => {
          await lockGroup(trx, key)
          await insertMembers(trx, key, [1])
        },
        () => deleteGroup(db, key),
      )
      assert.equal(refusedWith(second), 'group.not_empty')
    })

    test('one of two groups for the last place of an account is refused', async () => {
      await using world = await openWorld(kind)
      const { db, services, accountId } = setOf(world)
      await world.make('the merchant has 1000 groups')
      await db.deleteFrom('device_group').where('group_id', '=', 500_000).execute()
      const outcomes = await Promise.allSettled([1, 2, 3].map((n) => addGroup(services, accountId, `group ${n}`)))
      assert.deepEqual(outcomes.map(({ status }) => status).sort(), ['fulfilled', 'rejected', 'rejected'])
      const list = await world.members.merchant.post('/shakearound/device/group/getlist', { begin: 0, count: 1 })
      assert.equal(list.json.data.total_count, 1000)
    })
  })
}
