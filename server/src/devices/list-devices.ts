import type { DeviceFilter } from '@shenpi/sdk/contract/states'
import type { Kysely } from 'kysely'
import { getApplication } from '../applications/application.store.ts'
import type { Schema } from '../db/schema.ts'
import { findBatch, listBatchesAfter } from '../device-batches/device-batch.store.ts'
import { Problem } from '../problem.ts'
import { listTouched } from './device.store.ts'
import type { Device, OwnDevice } from './device.ts'
import { type DeviceIdentifier, getOwnDevices, identifyDevices, type ShownScope } from './identify-devices.ts'
import { describeAll, describeEach, expand } from './search-devices.ts'

/** A device with the application that it was given by. */
export type ListedDevice = Device & { applicationNo: number }

interface DevicesAsked {
  /** Of the batch of this application. */
  batchNo?: number | undefined
  having?: DeviceFilter | undefined
  /** A part of a device's identity as somebody types it: none fits where it names none. */
  q?: string | undefined
}

/**
 * Devices as staff see them, in the order of their IDs.
 *
 * @param page behind which device, and how many at most
 * @throws Problem `application.unknown`, `batch.unknown`
 */
export async function listDevices(
  db: Kysely<Schema>,
  scope: ShownScope,
  { batchNo, having, q }: DevicesAsked,
  page: { after: number; limit: number },
): Promise<ListedDevice[]> {
  const { accountId } = scope
  if (q !== undefined) {
    const found = page.after === 0 ? await findNamed(db, scope, q) : []
    return withBatches(found, await describeEach(db, scope, found))
  }
  if (having) {
    const touched = await getOwnDevices(db, accountId, await listTouched(db, having, { accountId, ...page }))
    return withBatches(touched, await describeEach(db, scope, touched))
  }
  const batches =
    batchNo === undefined
      ? await listBatchesAfter(db, { accountId, lastSeen: page.after, limit: page.limit })
      : [await getBatch(db, accountId, batchNo)]
  const devices = expand(batches, { lastSeen: page.after, passed: 0, count: page.limit })
  return withBatches(devices, await describeAll(db, scope, devices))
}

/** @throws Problem `application.unknown`; `batch.unknown` where it gave no devices */
async function getBatch(db: Kysely<Schema>, accountId: number, applicationNo: number) {
  await getApplication(db, { accountId, applicationNo })
  const batch = await findBatch(db, { accountId, applicationNo })
  if (!batch) throw new Problem('batch.unknown')
  return batch
}

function withBatches(devices: readonly OwnDevice[], described: readonly Device[]): ListedDevice[] {
  return described.map((device, index) => ({ ...device, applicationNo: devices[index]?.batch.applicationNo ?? 0 }))
}

async function findNamed(db: Kysely<Schema>, scope: ShownScope, q: string): Promise<OwnDevice[]> {
  const identifier = toIdentifier(q.trim())
  if (!identifier) return []
  return await identifyDevices(db, scope, [identifier]).catch((error: unknown) => {
    if (error instanceof Problem && error.code === 'device.invalid') return []
    throw error
  })
}

/** @example '1000012', 'FDA50693-A4E2-4FB1-AFCF-C6EB07647825 10001 10002' */
function toIdentifier(text: string): DeviceIdentifier | undefined {
  if (/^[1-9]\d{0,14}$/.test(text)) return { device_id: Number(text) }
  const [uuid = '', major = '', minor = '', ...more] = text.split(/[\s,:;/]+/)
  if (!/^[0-9a-f-]{36}$/i.test(uuid) || !/^\d{1,5}$/.test(major) || !/^\d{1,5}$/.test(minor) || more.length > 0) {
    return undefined
  }
  return { uuid, major: Number(major), minor: Number(minor) }
}
