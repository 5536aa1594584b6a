import { groups } from '@shenpi/sdk/contract/wire'
import { addDevices } from '../../groups/add-devices.ts'
import { addGroup } from '../../groups/add-group.ts'
import { deleteGroup } from '../../groups/delete-group.ts'
import { countGroups, listGroups, saveGroupName } from '../../groups/group.store.ts'
import { removeDevices } from '../../groups/remove-devices.ts'
import { showGroup } from '../../groups/show-group.ts'
import type { Services } from '../../services.ts'
import { toWireGroup, toWireGroupDevice } from './groups.presenter.ts'
import type { ServeCall } from './serve-calls.ts'

export function groupsRoutes(serve: ServeCall, services: Services): void {
  const { db, beaconScheme } = services

  serve(groups.groupAdd, async ({ account: { accountId }, body }) =>
    toWireGroup(await addGroup(services, accountId, body.group_name)),
  )

  serve(groups.groupUpdate, async ({ account: { accountId }, body }) => {
    await saveGroupName(db, { accountId, groupId: body.group_id }, body.group_name)
    return {}
  })

  serve(groups.groupDelete, async ({ account: { accountId }, body }) => {
    await deleteGroup(db, { accountId, groupId: body.group_id })
    return {}
  })

  serve(groups.groupGetList, async ({ account: { accountId }, body }) => {
    const groups = await listGroups(db, accountId, body)
    return { groups: groups.map(toWireGroup), total_count: await countGroups(db, accountId) }
  })

  serve(groups.groupGetDetail, async ({ account: { accountId }, body }) => {
    const { group, devices } = await showGroup(db, { accountId, groupId: body.group_id }, body, beaconScheme)
    return { ...toWireGroup(group), total_count: group.deviceCount, devices: devices.map(toWireGroupDevice) }
  })

  serve(groups.groupAddDevice, async ({ account: { accountId }, body }) => {
    await addDevices(db, { accountId, beaconScheme }, body.group_id, body.device_identifiers)
    return {}
  })

  serve(groups.groupDeleteDevice, async ({ account: { accountId }, body }) => {
    const { group_id, device_identifiers, ...identifier } = body
    // One client names its device beside the group. Source: docs/protocol/shakearound.md, device/group/deletedevice.
    await removeDevices(db, { accountId, beaconScheme }, group_id, device_identifiers ?? [identifier])
    return {}
  })
}
