import type { Kysely, Selectable, Transaction } from 'kysely'
import type { Schema } from '../db/schema.ts'
import { prepared } from '../db/statements.ts'

/** A run of device IDs and whose it is. Nothing of it ever changes. */
export interface DeviceRange {
  accountId: number
  firstDeviceId: number
  lastDeviceId: number
  applicationNo: number
  /** The store of the batch, 0 without one. */
  poiId: number
}

const toRange = (row: Selectable<Schema['device_batch']>): DeviceRange => ({
  accountId: row.account_id,
  firstDeviceId: row.first_device_id,
  lastDeviceId: row.last_device_id,
  applicationNo: row.application_no,
  poiId: row.poi_id,
})

interface RangeEnd {
  accountId: number
  lastDeviceId: number
}

const insertEnd = prepared((db, { accountId, lastDeviceId }: RangeEnd) =>
  db
    .insertInto('device_range')
    .values({ last_device_id: lastDeviceId, account_id: accountId })
    .onConflict((conflict) => conflict.column('last_device_id').doNothing()),
)

/** Say whose device IDs up to `lastDeviceId` are, in the transaction that takes them from the ledger. */
export async function insertRange(trx: Transaction<Schema>, end: RangeEnd): Promise<void> {
  await insertEnd(trx, end)
}

const selectOwner = prepared((db, { deviceId }: { deviceId: number }) =>
  db
    .selectFrom('device_range')
    .select(['account_id as accountId', 'last_device_id as lastDeviceId'])
    .where('last_device_id', '>=', deviceId)
    .orderBy('last_device_id')
    .limit(1),
)

const selectBatch = prepared((db, { accountId, lastDeviceId }: RangeEnd) =>
  db
    .selectFrom('device_batch')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('last_device_id', '=', lastDeviceId),
)

/** The range that holds a device, whoever's it is, or undefined. */
export async function findRangeOfDevice(db: Kysely<Schema>, deviceId: number): Promise<DeviceRange | undefined> {
  const [owner] = await selectOwner(db, { deviceId })
  const [batch] = owner ? await selectBatch(db, owner) : []
  if (batch && batch.first_device_id <= deviceId) return toRange(batch)
  return (await isHandedOut(db, deviceId)) ? await findUntoldRange(db, deviceId) : undefined
}

const selectNextFree = prepared((db, _of: object) => db.selectFrom('device_ledger').select('next_device_id'))

/** Every ID below the ledger's next one lies in a batch. */
async function isHandedOut(db: Kysely<Schema>, deviceId: number): Promise<boolean> {
  const [ledger] = await selectNextFree(db, {})
  return ledger !== undefined && deviceId < ledger.next_device_id
}

const selectOverAll = prepared((db, { deviceId }: { deviceId: number }) =>
  db.selectFrom('device_batch').selectAll().where('last_device_id', '>=', deviceId).orderBy('last_device_id').limit(1),
)

/**
 * A range that only its batch tells of: a server of an older version, which ran beside newer ones, wrote no `device_range`.
 * The row is written now, so that every account's batches are asked once a batch.
 */
async function findUntoldRange(db: Kysely<Schema>, deviceId: number): Promise<DeviceRange | undefined> {
  const [batch] = await selectOverAll(db, { deviceId })
  if (!batch || batch.first_device_id > deviceId) return undefined
  await insertEnd(db, { accountId: batch.account_id, lastDeviceId: batch.last_device_id })
  return toRange(batch)
}
