import assert from 'node:assert/strict'
import { api } from '@shenpi/sdk/contract/api'
import { decide } from '../decide.ts'
import { aBatch, aRegistration, aStore } from '../factories.ts'
import type { TestServer } from '../start-server.ts'
import type { CallMethod } from './drive.ts'

// What the sandbox's merchant does with a client, step by step. Both clients give most methods the same names.

const UUID = 'FDA50693-A4E2-4FB1-AFCF-C6EB07647825'
const DONE = { data: {}, errcode: 0, errmsg: 'success.' }
const OK = { errcode: 0, errmsg: 'ok' }
const DAY_S = 86_400
/** The sandbox's own store. */
const STORE = 1234
const PERSON = 'o-AbCdEf0123456789'

export async function openShakeNearby(server: TestServer, call: CallMethod): Promise<void> {
  const status = async () => (await call('checkShakeAccountStatus')).data
  const applied = Math.floor(server.clock.now().getTime() / 1000)
  assert.deepEqual(await call('registerShakeAccount', aRegistration()), DONE)
  const waiting = { apply_time: applied, audit_comment: 'Under review', audit_status: 1, audit_time: 0 }
  assert.deepEqual(await status(), waiting)
  await assert.rejects(call('registerShakeAccount', aRegistration()), { name: 'WeChatAPIError', code: 9001048 })

  await decide(server, '1-1', 'reject', '证件不清晰')
  assert.deepEqual(await status(), { ...waiting, audit_comment: '证件不清晰', audit_status: 0, audit_time: applied })
  assert.deepEqual(await call('registerShakeAccount', aRegistration()), DONE)
  await decide(server, '1-2', 'approve')
  assert.equal((await status()).audit_status, 2)
}

/** Devices 1 to 3, and after a review 4 to 504. @returns the batch that was reviewed */
export async function applyForDevices(server: TestServer, call: CallMethod): Promise<number> {
  const quick = await call('applyBeacons', aBatch({ quantity: 3 }))
  assert.equal(quick.data.audit_status, 2)
  const { apply_id, audit_status } = (await call('applyBeacons', aBatch({ quantity: 501 }))).data
  assert.equal(audit_status, 1)
  await assert.rejects(call('applyBeacons', aBatch()), { code: 9001023 })
  await decide(server, `1-${apply_id}`, 'approve')

  const idsOf = async (request: object) =>
    (await call('getBeacons', request)).data.devices.map(({ device_id }: { device_id: number }) => device_id)
  // First without a type, as the libraries document it, then with one, as the platform does.
  assert.deepEqual(await idsOf({ begin: 0, count: 3 }), [1, 2, 3])
  assert.deepEqual(await idsOf({ apply_id, begin: 1, count: 2 }), [5, 6])
  assert.deepEqual(await idsOf({ device_identifiers: [{ device_id: 504 }] }), [504])
  assert.deepEqual(await idsOf({ type: 3, apply_id, last_seen: 5, count: 2 }), [6, 7])
  return apply_id
}

export async function describeDevice(call: CallMethod): Promise<void> {
  const device_identifier = { device_id: 1 }
  assert.deepEqual(await call('updateBeacon', { device_identifier, comment: '门口' }), DONE)
  assert.deepEqual(await call('bindBeaconLocation', { device_identifier, poi_id: STORE }), DONE)
  const beacon = { device_id: 1, uuid: UUID, major: 1, minor: 1 }
  const device = { ...beacon, comment: '门口', poi_id: STORE, status: 0, last_active_time: 0, page_ids: '' }
  assert.deepEqual(await call('getBeacons', { type: 1, device_identifiers: [device_identifier] }), {
    ...DONE,
    data: { devices: [device], total_count: 504 },
  })
}

/** Pages 1 and 2, of which device 1 shows the first. */
export async function showPages(call: CallMethod, icon_url: string): Promise<void> {
  const page = { title: '主标题', description: '副标题', page_url: 'https://example.com/p', icon_url, comment: '' }
  for (const page_id of [1, 2]) assert.deepEqual((await call('createPage', page)).data, { page_id })
  const renamed = { ...page, page_id: 2, title: 'Sale' }
  assert.deepEqual((await call('updatePage', renamed)).data, { page_id: 2 })
  const pages = [{ ...page, page_id: 1 }, renamed]
  for (const request of [{ page_ids: [1, 2] }, { begin: 0, count: 2 }, { type: 2, begin: 0, count: 2 }]) {
    assert.deepEqual((await call('getPages', request)).data, { pages, total_count: 2 })
  }

  const device_identifier = { uuid: UUID, major: 1, minor: 1 }
  const binding = { device_identifier, page_ids: [1], bind: 1, append: 1 }
  assert.deepEqual(await call('bindBeaconWithPages', binding), DONE)
  const relations = [{ device_id: 1, ...device_identifier, page_id: 1 }]
  const ofDevice = { type: 1, device_identifier }
  const ofPage = { type: 2, page_id: 1, begin: 0, count: 3 }
  for (const request of [ofDevice, ofPage]) {
    assert.deepEqual((await call('searchBeaconPageRelation', request)).data, { relations, total_count: 1 })
  }
}

/** A person shakes at device 1 and opens its page. The clock then stands at the next day's noon. @returns the day */
export async function beShaken(server: TestServer, call: CallMethod): Promise<number> {
  const beacon = { uuid: UUID, major: 1, minor: 1, distance: 2.345 }
  const { pages } = await server.api.call(api.shake, { body: { openid: PERSON, beacons: [beacon] } })
  const ticket = new URL(pages[0]?.url ?? '').searchParams.get('ticket') ?? ''
  await server.api.call(api.openShakenPage, { params: { ticket } })
  const info = { page_id: 1, beacon_info: beacon, openid: PERSON }
  assert.deepEqual((await call('getShakeInfo', ticket)).data, info)
  await assert.rejects(call('getShakeInfo', '0'.repeat(32)), { code: 9001003 })

  await server.services.shakes.tally.flush()
  server.clock.advance(DAY_S * 1000)
  return Date.parse('2026-03-14T00:00:00+08:00') / 1000
}

export const COUNTS = { shake_pv: 1, shake_uv: 1, click_pv: 1, click_uv: 1 }

export async function readStatistics(call: CallMethod, day: number): Promise<void> {
  const range = { begin_date: day, end_date: day }
  const answer = { ...DONE, data: [{ ftime: day, ...COUNTS }] }
  assert.deepEqual(await call('getDeviceStatistics', { device_identifier: { device_id: 1 }, ...range }), answer)
  assert.deepEqual(await call('getPageStatistics', { page_id: 1, ...range }), answer)
}

/** A store from its photo to its deletion. */
export async function keepStore(server: TestServer, call: CallMethod, photo: string): Promise<void> {
  const { base_info: store } = aStore(photo).business
  const { poi_id } = await call('addPoi', store)
  const stateOf = async () => (await call('getPoi', poi_id)).business.base_info.available_state
  assert.equal(await stateOf(), 2)
  const change = { poi_id, telephone: '020-87654321' }
  await assert.rejects(call('updatePoi', change), { code: 65106 })
  await approveWaiting(server)
  assert.equal(await stateOf(), 3)

  assert.deepEqual(await call('updatePoi', change), OK)
  await approveWaiting(server)
  const { business_list, total_count } = await call('getPois', 0, 20)
  assert.equal(total_count, 2)
  const kept = { ...store, ...change, poi_id, available_state: 3, update_status: 0 }
  assert.deepEqual(business_list.at(-1), { base_info: kept })

  assert.deepEqual(await call('delPoi', poi_id), OK)
  await assert.rejects(call('getPoi', poi_id), { code: 65116 })
}

async function approveWaiting(server: TestServer): Promise<void> {
  const { items } = await server.api.call(api.listApplications, { query: { state: 'under_review' } })
  for (const { id } of items) await decide(server, id, 'approve')
}
