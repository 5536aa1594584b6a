import type { Kysely, Selectable, Transaction } from 'kysely'
import { insertRows, isIn } from '../db/lists.ts'
import type { Schema } from '../db/schema.ts'
import { prepared } from '../db/statements.ts'

/** A device of the account. */
interface DeviceKey {
  accountId: number
  deviceId: number
}

/** The pages of a device, in the order of their IDs. */
export async function listPagesOfDevice(db: Kysely<Schema>, { accountId, deviceId }: DeviceKey): Promise<number[]> {
  const rows = await db
    .selectFrom('device_page')
    .select('page_id')
    .where('account_id', '=', accountId)
    .where('device_id', '=', deviceId)
    .orderBy('page_id')
    .execute()
  return rows.map(({ page_id }) => page_id)
}

/** The devices of a page from number `begin` (0 the first) on, in the order of their IDs, and how many there are. */
export async function listDevicesOfPage(
  db: Kysely<Schema>,
  { accountId, pageId }: { accountId: number; pageId: number },
  { begin, count }: { begin: number; count: number },
): Promise<{ deviceIds: number[]; total: number }> {
  const ofPage = db.selectFrom('device_page').where('account_id', '=', accountId).where('page_id', '=', pageId)
  const rows = await ofPage.select('device_id').orderBy('device_id').offset(begin).limit(count).execute()
  const { total } = await ofPage.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  return { deviceIds: rows.map(({ device_id }) => device_id), total: Number(total) }
}

const insertAll = prepared((db, { pages }: { pages: Selectable<Schema['device_page']>[] }) =>
  insertRows(db, 'device_page', pages, { account_id: 'bigint', device_id: 'bigint', page_id: 'bigint' }).onConflict(
    (conflict) => conflict.doNothing(),
  ),
)

const deleteAll = prepared((db, { accountId, deviceId }: DeviceKey) =>
  db.deleteFrom('device_page').where('account_id', '=', accountId).where('device_id', '=', deviceId),
)

const deleteSome = prepared((db, { accountId, deviceId, pageIds }: DeviceKey & { pageIds: readonly number[] }) =>
  db
    .deleteFrom('device_page')
    .where('account_id', '=', accountId)
    .where('device_id', '=', deviceId)
    .where(isIn(db, 'page_id', pageIds)),
)

/** Add pages to a device. Those that it has already stay. */
export async function insertPagesOfDevice(
  trx: Transaction<Schema>,
  { accountId, deviceId }: DeviceKey,
  pageIds: readonly number[],
): Promise<void> {
  if (pageIds.length === 0) return
  const pages = pageIds.map((page_id) => ({ account_id: accountId, device_id: deviceId, page_id }))
  await insertAll(trx, { pages })
}

/** @param pageIds which; all when absent */
export async function deletePagesOfDevice(
  trx: Transaction<Schema>,
  { accountId, deviceId }: DeviceKey,
  pageIds?: readonly number[],
): Promise<void> {
  if (pageIds?.length === 0) return
  if (pageIds) await deleteSome(trx, { accountId, deviceId, pageIds })
  else await deleteAll(trx, { accountId, deviceId })
}
