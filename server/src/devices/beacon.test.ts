import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { beaconOf, DEVICES_PER_UUID, deviceIdOf } from './beacon.ts'

const UUIDS = ['FDA50693-A4E2-4FB1-AFCF-C6EB07647825', 'B9407F30-F5F8-466E-AFF9-25556B57FE6D']
const [FIRST, SECOND] = UUIDS as [string, string]

describe('the beacon of a device', () => {
  for (const [deviceId, uuid, major, minor] of [
    [1, FIRST, 0, 1],
    [0xffff, FIRST, 0, 0xffff],
    [0x1_0000, FIRST, 1, 0],
    [0x1234_5678, FIRST, 0x1234, 0x5678],
    [0x8000_0000, FIRST, 0x8000, 0],
    [DEVICES_PER_UUID - 1, FIRST, 0xffff, 0xffff],
    [DEVICES_PER_UUID, SECOND, 0, 0],
    [2 * DEVICES_PER_UUID - 1, SECOND, 0xffff, 0xffff],
  ] as const) {
    test(`number ${deviceId} is ${major}/${minor} of ${uuid.slice(0, 8)}, and leads back to it`, () => {
      const beacon = beaconOf(deviceId, UUIDS)
      assert.deepEqual(beacon, { uuid, major, minor })
      assert.equal(deviceIdOf(beacon, UUIDS), deviceId)
    })
  }

  test('is refused where the list of UUIDs ends', () => {
    assert.throws(() => beaconOf(2 * DEVICES_PER_UUID, UUIDS), RangeError)
    assert.throws(() => beaconOf(1, []), RangeError)
  })

  test('is found by a UUID in small letters', () => {
    assert.equal(deviceIdOf({ uuid: SECOND.toLowerCase(), major: 0, minor: 5 }, UUIDS), DEVICES_PER_UUID + 5)
  })

  test('of a foreign UUID is nobody’s', () => {
    assert.equal(deviceIdOf({ uuid: '00000000-0000-0000-0000-000000000000', major: 0, minor: 1 }, UUIDS), undefined)
  })
})
