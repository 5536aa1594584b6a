import type { DeviceFilter } from '@shenpi/sdk/contract/states'
import { type Kysely, sql } from 'kysely'
import { isIn } from '../db/lists.ts'
import type { Schema } from '../db/schema.ts'
import { prepared } from '../db/statements.ts'
import type { DeviceDetail } from './device.ts'

/** One row of a device and one for each of its pages: both tables are read at once. */
const selectDetails = (db: Kysely<Schema>, accountId: number) => {
  const devices = db
    .selectFrom('device')
    .select(['device_id', 'comment', 'poi_id', 'poi_appid', 'last_active_at', sql<number | null>`null`.as('page_id')])
    .where('account_id', '=', accountId)
  const pages = db
    .selectFrom('device_page')
    .select([
      'device_id',
      sql<null>`null`.as('comment'),
      sql<null>`null`.as('poi_id'),
      sql<null>`null`.as('poi_appid'),
      sql<null>`null`.as('last_active_at'),
      'page_id',
    ])
    .where('account_id', '=', accountId)
  return { devices, pages }
}

const selectRange = prepared((db, { accountId, first, last }: { accountId: number; first: number; last: number }) => {
  const { devices, pages } = selectDetails(db, accountId)
  return devices
    .where('device_id', '>=', first)
    .where('device_id', '<=', last)
    .unionAll(pages.where('device_id', '>=', first).where('device_id', '<=', last))
})

type Draft = DeviceDetail & { pageIds: number[] }
type DetailRow = Awaited<ReturnType<typeof selectRange>>[number]

/** The rows of single devices of the account, by device, without devices that have none. */
function toDetails(rows: readonly DetailRow[]): Map<number, DeviceDetail> {
  const details = new Map<number, Draft>()
  const detailOf = (deviceId: number): Draft => {
    const known = details.get(deviceId)
    if (known) return known
    const detail: Draft = { comment: null, poiId: null, poiAppid: null, pageIds: [], lastActiveAt: null }
    details.set(deviceId, detail)
    return detail
  }
  for (const row of rows) {
    const detail = detailOf(row.device_id)
    if (row.page_id !== null) {
      detail.pageIds.push(row.page_id)
      continue
    }
    detail.comment = row.comment
    detail.poiId = row.poi_id
    detail.poiAppid = row.poi_appid
    detail.lastActiveAt = row.last_active_at === null ? null : new Date(row.last_active_at)
  }
  // Not in SQL: asked for an order by page, SQLite walks all pages of the account instead of looking up the devices.
  for (const { pageIds } of details.values()) pageIds.sort((a, b) => a - b)
  return details
}

/** Of the devices from `first` to `last`, which must be few. */
export async function listDetailsBetween(
  db: Kysely<Schema>,
  range: { accountId: number; first: number; last: number },
): Promise<Map<number, DeviceDetail>> {
  return toDetails(await selectRange(db, range))
}

/** Of the devices named, which may lie far apart. */
export async function listDetailsOf(
  db: Kysely<Schema>,
  accountId: number,
  deviceIds: readonly number[],
): Promise<Map<number, DeviceDetail>> {
  if (deviceIds.length === 0) return new Map()
  const { devices, pages } = selectDetails(db, accountId)
  const named = isIn(db, 'device_id', deviceIds)
  const rows = await devices.where(named).unionAll(pages.where(named)).execute()
  return toDetails(rows)
}

export async function saveComment(
  db: Kysely<Schema>,
  { accountId, deviceId, comment }: { accountId: number; deviceId: number; comment: string },
): Promise<void> {
  await db
    .insertInto('device')
    .values({ account_id: accountId, device_id: deviceId, comment })
    .onConflict((conflict) => conflict.columns(['account_id', 'device_id']).doUpdateSet({ comment }))
    .execute()
}

/** @param location the store, 0 for none, and whose it is when it is another account's */
export async function saveLocation(
  db: Kysely<Schema>,
  { accountId, deviceId }: { accountId: number; deviceId: number },
  { poiId, poiAppid }: { poiId: number; poiAppid: string | null },
): Promise<void> {
  const location = { poi_id: poiId, poi_appid: poiAppid }
  await db
    .insertInto('device')
    .values({ account_id: accountId, device_id: deviceId, ...location })
    .onConflict((conflict) => conflict.columns(['account_id', 'device_id']).doUpdateSet(location))
    .execute()
}

interface PageOfTouched {
  accountId: number
  after: number
  limit: number
}

const selectShaken = prepared((db, { accountId, after, limit }: PageOfTouched) =>
  db
    .selectFrom('device')
    .select('device_id')
    .where('account_id', '=', accountId)
    .where('device_id', '>', after)
    .where('last_active_at', 'is not', null)
    .orderBy('device_id')
    .limit(limit),
)

const selectWithPages = prepared((db, { accountId, after, limit }: PageOfTouched) =>
  db
    .selectFrom('device_page')
    .select('device_id')
    .distinct()
    .where('account_id', '=', accountId)
    .where('device_id', '>', after)
    .orderBy('device_id')
    .limit(limit),
)

/** The IDs of the account's devices that something was done with, in their order. */
export async function listTouched(db: Kysely<Schema>, having: DeviceFilter, page: PageOfTouched): Promise<number[]> {
  const rows = await (having === 'shaken' ? selectShaken : selectWithPages)(db, page)
  return rows.map((row) => row.device_id)
}
