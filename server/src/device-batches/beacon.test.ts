import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { type BeaconScheme, beaconOf, deviceIdOf, endOfDeviceIds } from './beacon.ts'

const UUIDS = ['FDA50693-A4E2-4FB1-AFCF-C6EB07647825', 'B9407F30-F5F8-466E-AFF9-25556B57FE6D']
const [FIRST, SECOND] = UUIDS as [string, string]

/** Devices that a UUID tells apart: without a 0, and as they were handed out before. */
const PER_UUID = 0xffff ** 2
const PER_UUID_BEFORE = 2 ** 32

const schemeFrom = (nonzeroFrom: number): BeaconScheme => ({ uuids: UUIDS, nonzeroFrom })
const fresh = schemeFrom(1)

describe('the beacon of a device', () => {
  for (const [nonzeroFrom, deviceId, uuid, major, minor] of [
    [1, 1, FIRST, 1, 1],
    [1, 0xffff, FIRST, 1, 0xffff],
    [1, 0x1_0000, FIRST, 2, 1],
    [1, PER_UUID, FIRST, 0xffff, 0xffff],
    [1, PER_UUID + 1, SECOND, 1, 1],
    [1, 2 * PER_UUID, SECOND, 0xffff, 0xffff],
    // Handed out before, with a 0.
    [0x1234_5679, 1, FIRST, 0, 1],
    [0x1234_5679, 0x1_0000, FIRST, 1, 0],
    [0x1234_5679, 0x1234_5678, FIRST, 0x1234, 0x5678],
    // The row that was begun before is left as it is.
    [0x1234_5679, 0x1234_5679, FIRST, 0x1235, 1],
    [0x1234_5679, 0x1234_5679 + 0xffff, FIRST, 0x1236, 1],
    // The row is full, or just begun; the UUID is.
    [0x1_0000, 0x1_0000, FIRST, 1, 1],
    [0x1_0001, 0x1_0001, FIRST, 2, 1],
    [PER_UUID_BEFORE, PER_UUID_BEFORE, SECOND, 1, 1],
    [PER_UUID_BEFORE + 1, PER_UUID_BEFORE, SECOND, 0, 0],
    [PER_UUID_BEFORE + 1, PER_UUID_BEFORE + 1, SECOND, 1, 1],
  ] as const) {
    const name = `number ${deviceId} is ${major}/${minor} of ${uuid.slice(0, 8)} where zeros ended at ${nonzeroFrom}`
    test(`${name}, and leads back to it`, () => {
      const beacon = beaconOf(deviceId, schemeFrom(nonzeroFrom))
      assert.deepEqual(beacon, { uuid, major, minor })
      assert.equal(deviceIdOf(beacon, schemeFrom(nonzeroFrom)), deviceId)
    })
  }

  test('is refused beyond the last UUID', () => {
    for (const nonzeroFrom of [
      1,
      0xffff,
      0x1_0000,
      0x1_0001,
      PER_UUID_BEFORE - 1,
      PER_UUID_BEFORE,
      2 * PER_UUID_BEFORE,
    ]) {
      const scheme = schemeFrom(nonzeroFrom)
      const end = endOfDeviceIds(scheme)
      assert.throws(() => beaconOf(end, scheme), RangeError)
      if (end > nonzeroFrom) assert.deepEqual(beaconOf(end - 1, scheme), { uuid: SECOND, major: 0xffff, minor: 0xffff })
    }
    assert.throws(() => beaconOf(1, { uuids: [], nonzeroFrom: 1 }), RangeError)
  })

  test('is found by a UUID in lower case', () => {
    assert.equal(deviceIdOf({ uuid: SECOND.toLowerCase(), major: 1, minor: 5 }, fresh), PER_UUID + 5)
  })

  test('belongs to no device when its UUID is foreign', () => {
    assert.equal(deviceIdOf({ uuid: '00000000-0000-0000-0000-000000000000', major: 1, minor: 1 }, fresh), undefined)
  })
})

describe('beacons before and after the last zero', () => {
  const near = (value: number) => fc.integer({ min: -70_000, max: 70_000 }).map((off) => Math.max(1, value + off))
  const nonzeroFrom = fc.oneof(
    fc.constant(1),
    near(1),
    near(0x1234_0000),
    near(PER_UUID_BEFORE),
    fc.integer({ min: 1, max: 2 * PER_UUID_BEFORE - 1 }),
  )
  const half = fc.oneof(fc.constantFrom(0, 1, 2, 0xfffe, 0xffff), fc.integer({ min: 0, max: 0xffff }))

  test('belong to one device each, have no 0 from there on, and stay the same before it', () => {
    const deviceIds = nonzeroFrom.chain((from) => {
      const last = endOfDeviceIds(schemeFrom(from)) - 1
      const deviceId = fc.oneof(near(from), fc.integer({ min: 1, max: Math.max(1, last) }))
      return fc.record({ from: fc.constant(from), deviceId: deviceId.filter((id) => id <= last) })
    })
    fc.assert(
      fc.property(deviceIds, ({ from, deviceId }) => {
        const beacon = beaconOf(deviceId, schemeFrom(from))
        assert.equal(deviceIdOf(beacon, schemeFrom(from)), deviceId)
        const { uuid, major, minor } = beacon
        if (deviceId >= from) assert.ok(Math.min(major, minor) >= 1 && Math.max(major, minor) <= 0xffff)
        else assert.equal((UUIDS.indexOf(uuid) * 0x1_0000 + major) * 0x1_0000 + minor, deviceId)
      }),
      { numRuns: 2000 },
    )
  })

  test('belong to no device when none can have them', () => {
    fc.assert(
      fc.property(nonzeroFrom, fc.constantFrom(...UUIDS), half, half, (from, uuid, major, minor) => {
        const deviceId = deviceIdOf({ uuid, major, minor }, schemeFrom(from))
        if (deviceId !== undefined) assert.deepEqual(beaconOf(deviceId, schemeFrom(from)), { uuid, major, minor })
        assert.ok(deviceId !== 0)
      }),
      { numRuns: 2000 },
    )
  })
})
