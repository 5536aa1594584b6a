import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { DeviceBatch } from '../device-batches/device-batch.ts'
import { describeDevice } from './device.ts'

const beaconScheme = { uuids: ['FDA50693-A4E2-4FB1-AFCF-C6EB07647825'], nonzeroFrom: 1 }
const batch: DeviceBatch = {
  applicationNo: 2,
  firstDeviceId: 1,
  lastDeviceId: 9,
  accountOffset: 0,
  comment: 'floor 1',
  allocatedAt: new Date(0),
  poiId: 1234,
}
const nothing = { comment: null, poiId: null, poiAppid: null, pageIds: [], lastActiveAt: null }

const CASES = [
  { name: 'a device that nobody touched says what its batch says', detail: undefined, says: ['floor 1', 1234] },
  {
    name: 'a device that was only shaken too',
    detail: { ...nothing, lastActiveAt: new Date(0) },
    says: ['floor 1', 1234],
  },
  { name: 'a remark of its own stands alone', detail: { ...nothing, comment: 'door' }, says: ['door', 1234] },
  { name: 'a remark that was emptied stays empty', detail: { ...nothing, comment: '' }, says: ['', 1234] },
  { name: 'a store of its own stands alone', detail: { ...nothing, poiId: 5 }, says: ['floor 1', 5] },
  { name: 'a store that was cleared is none', detail: { ...nothing, poiId: 0 }, says: ['floor 1', 0] },
]

for (const { name, detail, says } of CASES) {
  test(name, () => {
    const { comment, poiId } = describeDevice({ deviceId: 3, batch }, detail, beaconScheme)
    assert.deepEqual([comment, poiId], says)
  })
}
