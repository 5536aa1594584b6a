import type { Kysely, Selectable, Transaction } from 'kysely'
import type { Schema } from '../db/schema.ts'
import { prepared } from '../db/statements.ts'
import { Problem } from '../problem.ts'
import { type BeaconScheme, endOfDeviceIds } from './beacon.ts'
import type { DeviceBatch } from './device-batch.ts'
import { insertRange } from './device-range.store.ts'

const toBatch = (row: Selectable<Schema['device_batch']>): DeviceBatch => ({
  applicationNo: row.application_no,
  firstDeviceId: row.first_device_id,
  lastDeviceId: row.last_device_id,
  accountOffset: row.account_offset,
  comment: row.comment,
  poiId: row.poi_id,
  allocatedAt: new Date(row.allocated_at),
})

const updateAllocated = prepared((db, { accountId, quantity }: { accountId: number; quantity: number }) =>
  db
    .updateTable('device_quota')
    .set(({ eb }) => ({ allocated: eb('allocated', '+', quantity) }))
    .where('account_id', '=', accountId)
    // Checked in the statement that writes, so that no other change comes between.
    .where(({ eb }) => eb('allocated', '<=', eb('ceiling', '-', quantity)))
    .returning('allocated'),
)

const updateLedger = prepared((db, { quantity }: { quantity: number }) =>
  db
    .updateTable('device_ledger')
    .set(({ eb }) => ({ next_device_id: eb('next_device_id', '+', quantity) }))
    .where('ledger_id', '=', 1)
    .returning(['next_device_id', 'nonzero_from']),
)

const insertBatch = prepared((db, row: Selectable<Schema['device_batch']>) =>
  db.insertInto('device_batch').values({
    account_id: row.account_id,
    last_device_id: row.last_device_id,
    first_device_id: row.first_device_id,
    application_no: row.application_no,
    account_offset: row.account_offset,
    comment: row.comment,
    poi_id: row.poi_id,
    allocated_at: row.allocated_at,
  }),
)

/**
 * Hand out the next device IDs of the ledger: once, ever. The ledger's row stays locked until the transaction ends.
 *
 * @throws Problem `device.quota_exceeded` when the account would pass its ceiling.
 * @throws Error when the operator's list of UUIDs is used up.
 */
export async function allocateBatch(
  trx: Transaction<Schema>,
  batch: { accountId: number; applicationNo: number; quantity: number; comment: string; poiId: number; at: Date },
): Promise<DeviceBatch> {
  const { accountId, applicationNo, quantity, comment, poiId } = batch
  const [quota] = await updateAllocated(trx, { accountId, quantity })
  if (!quota) throw new Problem('device.quota_exceeded')

  const [ledger] = await updateLedger(trx, { quantity })
  if (!ledger) throw new Error('the ledger of device IDs has no row')
  const scheme = { uuids: await listUuids(trx), nonzeroFrom: ledger.nonzero_from }
  // Nothing of it happens: an ID without a beacon could never be listed.
  if (ledger.next_device_id > endOfDeviceIds(scheme)) {
    const { length } = scheme.uuids
    throw new Error(
      `the operator's ${length} beacon UUIDs have no room for ${quantity} more devices: add one to beacon_uuid`,
    )
  }
  const row = {
    account_id: accountId,
    last_device_id: ledger.next_device_id - 1,
    first_device_id: ledger.next_device_id - quantity,
    application_no: applicationNo,
    account_offset: quota.allocated - quantity,
    comment,
    poi_id: poiId,
    allocated_at: batch.at.getTime(),
  }
  await insertBatch(trx, row)
  await insertRange(trx, { accountId, lastDeviceId: row.last_device_id })
  return toBatch(row)
}

const selectAfter = prepared(
  (db, { accountId, lastSeen, limit }: { accountId: number; lastSeen: number; limit: number }) =>
    db
      .selectFrom('device_batch')
      .selectAll()
      .where('account_id', '=', accountId)
      .where('last_device_id', '>', lastSeen)
      .orderBy('last_device_id')
      .limit(limit),
)

/** The batches that hold device IDs above `lastSeen`, in the order of the IDs. */
export async function listBatchesAfter(
  db: Kysely<Schema>,
  page: { accountId: number; lastSeen: number; limit: number },
): Promise<DeviceBatch[]> {
  return (await selectAfter(db, page)).map(toBatch)
}

const selectNewest = prepared(
  (db, { accountId, before, limit }: { accountId: number; before: number; limit: number }) =>
    db
      .selectFrom('device_batch')
      .selectAll()
      .where('account_id', '=', accountId)
      .where('last_device_id', '<', before)
      .orderBy('last_device_id', 'desc')
      .limit(limit),
)

/** The newest first. @param page of those with lower device IDs than `before` */
export async function listNewestBatches(
  db: Kysely<Schema>,
  { accountId, before = Number.MAX_SAFE_INTEGER, limit }: { accountId: number; before?: number; limit: number },
): Promise<DeviceBatch[]> {
  return (await selectNewest(db, { accountId, before, limit })).map(toBatch)
}

/** The batches from the account's device number `offset` (0 the first) on. */
export async function listBatchesFrom(
  db: Kysely<Schema>,
  { accountId, offset, limit }: { accountId: number; offset: number; limit: number },
): Promise<DeviceBatch[]> {
  const rows = await db
    .selectFrom('device_batch')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('account_offset', '>=', ({ selectFrom }) =>
      selectFrom('device_batch')
        .select(({ fn }) => fn.max('account_offset').as('start'))
        .where('account_id', '=', accountId)
        .where('account_offset', '<=', offset),
    )
    .orderBy('account_offset')
    .limit(limit)
    .execute()
  return rows.map(toBatch)
}

export async function findBatch(
  db: Kysely<Schema>,
  { accountId, applicationNo }: { accountId: number; applicationNo: number },
): Promise<DeviceBatch | undefined> {
  const row = await db
    .selectFrom('device_batch')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('application_no', '=', applicationNo)
    .executeTakeFirst()
  return row && toBatch(row)
}

/** The operator's beacon UUIDs, and from which device ID on beacons have no 0. */
export async function readBeaconScheme(db: Kysely<Schema>): Promise<BeaconScheme> {
  const uuids = await listUuids(db)
  const ledger = db.selectFrom('device_ledger').select('nonzero_from').where('ledger_id', '=', 1)
  const { nonzero_from: nonzeroFrom } = await ledger.executeTakeFirstOrThrow()
  return { uuids, nonzeroFrom }
}

const selectUuids = prepared((db, _of: object) => db.selectFrom('beacon_uuid').select('uuid').orderBy('position'))

const listUuids = async (db: Kysely<Schema>): Promise<string[]> => (await selectUuids(db, {})).map(({ uuid }) => uuid)
