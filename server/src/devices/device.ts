import { type Beacon, type BeaconScheme, beaconOf } from '../device-batches/beacon.ts'
import type { DeviceBatch } from '../device-batches/device-batch.ts'

/** A device as it is shown. */
export interface Device extends Beacon {
  deviceId: number
  comment: string
  /** 0 without a store. */
  poiId: number
  /** Whose store it is, when it is another account's. */
  poiAppid: string | null
  /** In ascending order. */
  pageIds: readonly number[]
  /** When it was last shaken; null before the first time. */
  lastActiveAt: Date | null
}

/** A device that is the account's, and the batch that it came with. */
export interface OwnDevice {
  deviceId: number
  batch: DeviceBatch
}

/** A device's own row; a null means its batch's value. */
export interface DeviceDetail {
  comment: string | null
  poiId: number | null
  poiAppid: string | null
  pageIds: readonly number[]
  lastActiveAt: Date | null
}

const UNTOUCHED: DeviceDetail = { comment: null, poiId: null, poiAppid: null, pageIds: [], lastActiveAt: null }

/** A device's remark and store: its own, or its batch's where nothing is said of it alone. */
export function remarkAndStore(
  batch: DeviceBatch,
  detail: Pick<DeviceDetail, 'comment' | 'poiId'> = UNTOUCHED,
): Pick<Device, 'comment' | 'poiId'> {
  return { comment: detail.comment ?? batch.comment, poiId: detail.poiId ?? batch.poiId }
}

export function describeDevice(
  { deviceId, batch }: OwnDevice,
  detail: DeviceDetail | undefined,
  beaconScheme: BeaconScheme,
): Device {
  const { poiAppid, pageIds, lastActiveAt } = detail ?? UNTOUCHED
  const beacon = beaconOf(deviceId, beaconScheme)
  return { deviceId, ...beacon, ...remarkAndStore(batch, detail), poiAppid, pageIds, lastActiveAt }
}
