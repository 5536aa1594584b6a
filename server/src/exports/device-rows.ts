import type { Kysely } from 'kysely'
import type { ApplicationKey } from '../applications/application-id.ts'
import type { Schema } from '../db/schema.ts'
import type { ShownScope } from '../devices/identify-devices.ts'
import { type ListedDevice, listDevices } from '../devices/list-devices.ts'
import { toChinaTime } from '../time/china-time.ts'
import type { Cell, Rows } from './cell.ts'

/** Devices that are read at once. */
const PAGE = 1000

const HEAD = ['device_id', 'uuid', 'major', 'minor', 'comment', 'poi_id', 'page_ids', 'last_active_at (UTC+8)']

/**
 * The devices of a batch behind device `after`, page by page: nothing is held of the database between two of them.
 *
 * @throws Problem `application.unknown`, `batch.unknown`: before the first row
 */
export async function deviceRows(
  { db, beaconScheme }: Pick<ShownScope, 'beaconScheme'> & { db: Kysely<Schema> },
  { accountId, applicationNo }: ApplicationKey,
  after: number,
): Promise<Rows> {
  const read = (from: number) =>
    listDevices(db, { accountId, beaconScheme }, { batchNo: applicationNo }, { after: from, limit: PAGE })
  const first = await read(after)
  return (async function* () {
    yield [HEAD]
    let page = first
    while (page.length > 0) {
      yield page.map(toRow)
      page = page.length < PAGE ? [] : await read(page.at(-1)?.deviceId ?? 0)
    }
  })()
}

const toRow = (device: ListedDevice): Cell[] => [
  device.deviceId,
  device.uuid,
  device.major,
  device.minor,
  device.comment,
  device.poiId || null,
  device.pageIds.join(' '),
  device.lastActiveAt && toChinaTime(device.lastActiveAt),
]
