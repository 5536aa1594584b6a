import { devices, groups, pages, relations } from '@shenpi/sdk'
import { bindLocation } from '../../devices/bind-location.ts'
import { commentDevice } from '../../devices/comment-device.ts'
import { addDevices } from '../../groups/add-devices.ts'
import { addGroup } from '../../groups/add-group.ts'
import { deleteGroup } from '../../groups/delete-group.ts'
import { countGroups, listGroups, saveGroupName } from '../../groups/group.store.ts'
import { removeDevices } from '../../groups/remove-devices.ts'
import { showGroup } from '../../groups/show-group.ts'
import { addPage } from '../../pages/add-page.ts'
import { deletePages } from '../../pages/delete-pages.ts'
import { searchPages } from '../../pages/search-pages.ts'
import { updatePage } from '../../pages/update-page.ts'
import { bindPages } from '../../relations/bind-pages.ts'
import { searchRelations } from '../../relations/search-relations.ts'
import type { Services } from '../../services.ts'
import { toWireGroup, toWireGroupDevice, toWirePage, toWireRelation } from './presenters.ts'
import type { ServeCall } from './wire.ts'

/** What a merchant does with its devices: remarks and stores, pages, groups. */
export function devicesRoutes(serve: ServeCall, services: Services): void {
  const { db, beaconScheme } = services
  const { bindings } = services.shakes

  serve(devices.deviceUpdate, async ({ account: { accountId }, body }) => {
    await commentDevice(db, { accountId, beaconScheme }, body.device_identifier, body.comment)
    return {}
  })

  serve(devices.deviceBindLocation, async ({ account, body }) => {
    await bindLocation({ db, bindings }, { account, beaconScheme }, body)
    return {}
  })

  serve(relations.deviceBindPage, async ({ account: { accountId }, body }) => {
    await bindPages({ db, bindings }, { accountId, beaconScheme }, body)
    return {}
  })

  serve(relations.relationSearch, async ({ account: { accountId }, body }) => {
    const { relations, total } = await searchRelations(db, { accountId, beaconScheme }, body)
    return { relations: relations.map(toWireRelation), total_count: total }
  })

  servePages(serve, services)
  serveGroups(serve, services)
}

function servePages(serve: ServeCall, services: Services): void {
  const { db } = services
  const { bindings } = services.shakes

  serve(pages.pageAdd, async ({ account: { accountId }, body }) => {
    const { title, description, page_url: pageUrl, icon_url: iconUrl, comment = '' } = body
    return { page_id: await addPage(services, accountId, { title, description, pageUrl, iconUrl, comment }) }
  })

  serve(pages.pageUpdate, async ({ account: { accountId }, body }) => {
    const { page_id: pageId, title, description, page_url: pageUrl, icon_url: iconUrl, comment } = body
    await updatePage({ db, bindings }, accountId, { pageId, title, description, pageUrl, iconUrl, comment })
    return { page_id: pageId }
  })

  serve(pages.pageSearch, async ({ account: { accountId }, body }) => {
    const { pages, total } = await searchPages(db, accountId, body)
    return { pages: pages.map(toWirePage), total_count: total }
  })

  serve(pages.pageDelete, async ({ account: { accountId }, body }) => {
    const { page_id, page_ids = [] } = body
    await deletePages(db, accountId, page_id === undefined ? page_ids : [...page_ids, page_id])
    return {}
  })
}

function serveGroups(serve: ServeCall, services: Services): void {
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
