import type { ApplicationState } from '@shenpi/sdk/contract/states'
import type { Kysely } from 'kysely'
import { findAccountByAppid } from '../accounts/account.store.ts'
import { isIn } from '../db/lists.ts'
import type { Schema } from '../db/schema.ts'
import { prepared } from '../db/statements.ts'
import type { DeviceRange } from '../device-batches/device-range.store.ts'
import type { Position } from './great-circle.ts'
import type { ShakePage } from './shake.ts'

/** What is said of a device alone, as far as a shake needs it. */
export interface DeviceStore {
  /** Null: what the batch says. 0: none. */
  poiId: number | null
  /** Whose store it is, when it is another account's. */
  poiAppid: string | null
}

export interface BoundPage extends ShakePage, DeviceStore {
  deviceId: number
}

const selectPages = prepared((db, { accountId, deviceIds }: { accountId: number; deviceIds: number[] }) =>
  db
    .selectFrom('device_page')
    .innerJoin('page', (join) =>
      join.onRef('page.account_id', '=', 'device_page.account_id').onRef('page.page_id', '=', 'device_page.page_id'),
    )
    .leftJoin('device', (join) =>
      join
        .onRef('device.account_id', '=', 'device_page.account_id')
        .onRef('device.device_id', '=', 'device_page.device_id'),
    )
    .select([
      'device_page.device_id',
      'page.page_id',
      'title',
      'description',
      'page_url',
      'icon_url',
      'lottery_no',
      'poi_id',
      'poi_appid',
    ])
    .where('device_page.account_id', '=', accountId)
    .where(isIn(db, 'device_page.device_id', deviceIds)),
)

/** The pages of an account's devices, and the device's store beside each. */
export async function listPagesOfDevices(
  db: Kysely<Schema>,
  accountId: number,
  devices: readonly { deviceId: number }[],
): Promise<BoundPage[]> {
  const rows = await selectPages(db, { accountId, deviceIds: devices.map(({ deviceId }) => deviceId) })
  return rows.map((row) => ({
    deviceId: row.device_id,
    pageId: row.page_id,
    title: row.title,
    description: row.description,
    pageUrl: row.page_url,
    iconUrl: row.icon_url,
    lotteryNo: row.lottery_no,
    poiId: row.poi_id,
    poiAppid: row.poi_appid,
  }))
}

/** Nothing where nothing is said of the device alone. */
export async function findDeviceStore(
  db: Kysely<Schema>,
  { accountId, deviceId }: { accountId: number; deviceId: number },
): Promise<DeviceStore | undefined> {
  const row = await db
    .selectFrom('device')
    .select(['poi_id', 'poi_appid'])
    .where('account_id', '=', accountId)
    .where('device_id', '=', deviceId)
    .executeTakeFirst()
  return row && { poiId: row.poi_id, poiAppid: row.poi_appid }
}

export interface BoundStore {
  accountId: number
  poiId: number
  state: ApplicationState
  /** Null while nobody has said where it is. */
  position: Position | null
}

const selectStore = prepared((db, { accountId, poiId }: { accountId: number; poiId: number }) =>
  db
    .selectFrom('store')
    .select(['account_id', 'state', 'latitude', 'longitude'])
    .where('account_id', '=', accountId)
    .where('poi_id', '=', poiId)
    .where('deleted_at', 'is', null),
)

/** The store that a device is bound to, in any state of its review, until it is deleted. */
export async function findBoundStore(
  db: Kysely<Schema>,
  range: Pick<DeviceRange, 'accountId' | 'poiId'>,
  device: DeviceStore | undefined,
): Promise<BoundStore | undefined> {
  const poiId = device?.poiId ?? range.poiId
  if (!poiId) return undefined
  const appid = device?.poiAppid
  const owner = appid ? await findAccountByAppid(db, appid) : range
  const [row] = owner ? await selectStore(db, { accountId: owner.accountId, poiId }) : []
  if (!row) return undefined
  const { latitude, longitude } = row
  const position = latitude === null || longitude === null ? null : { latitude, longitude }
  return { accountId: row.account_id, poiId, state: row.state, position }
}

export async function hasPage(
  db: Kysely<Schema>,
  { accountId, pageId }: { accountId: number; pageId: number },
): Promise<boolean> {
  const row = await db
    .selectFrom('page')
    .select('page_id')
    .where('account_id', '=', accountId)
    .where('page_id', '=', pageId)
    .executeTakeFirst()
  return row !== undefined
}
