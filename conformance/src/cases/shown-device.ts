import { devices } from '@shenpi/sdk/contract/wire/devices'
import type { ConformanceCase } from '../case.ts'
import { NO_DEVICE } from '../identifiers.ts'
import { type Row, refused } from '../refused.ts'
import { beaconOf, deviceId, STORES } from '../world/named.ts'

/** One device, as a call names it. */
export const device = (number: number) => ({ device_identifier: { device_id: deviceId(number) } })

/** A device as device/search shows it. */
export const shown = (number: number, changes: Record<string, unknown> = {}) => ({
  device_id: deviceId(number),
  ...beaconOf(number),
  comment: 'floor 1',
  status: 0,
  last_active_time: 0,
  poi_id: STORES.approved,
  page_ids: '',
  ...changes,
})
export const search = (name: string, number: number, changes: Record<string, unknown>): ConformanceCase => ({
  name,
  call: devices.deviceSearch,
  request: { type: 1, device_identifiers: [{ device_id: deviceId(number) }] },
  answer: { devices: [shown(number, changes)] },
})

/** What a call of one device refuses. */
export const refuseDevices = (
  what: string,
  call: ConformanceCase['call'],
  request: Record<string, unknown>,
): ConformanceCase[] => [
  ...refused(
    call,
    'merchant',
    9001025,
    NO_DEVICE.map(([name, device_identifier]): Row => [name, { ...request, device_identifier }]),
  ),
  ...refused(call, 'merchant', 9001025, [['no device', request]]),
  ...refused(call, 'newcomer', 9001020, [[`${what} by the newcomer`, { ...request, ...device(1) }]]),
]
