import { GROUP_LIMITS } from '@shenpi/sdk/contract/wire'
import type { Kysely, Transaction } from 'kysely'
import { insertRows, isIn } from '../db/lists.ts'
import type { Schema } from '../db/schema.ts'
import { Problem } from '../problem.ts'
import type { GroupKey } from './group.store.ts'

/** A device of a group, with what is said of it alone. */
interface GroupMember {
  deviceId: number
  comment: string | null
  poiId: number | null
}

/** The group's devices from number `begin` (0 the first) on, in the order of their IDs. */
export async function listMembers(
  db: Kysely<Schema>,
  { accountId, groupId }: GroupKey,
  { begin, count }: { begin: number; count: number },
): Promise<GroupMember[]> {
  const rows = await db
    .selectFrom('device_group_member as member')
    .leftJoin('device', (join) =>
      join.onRef('device.account_id', '=', 'member.account_id').onRef('device.device_id', '=', 'member.device_id'),
    )
    .select(['member.device_id', 'device.comment', 'device.poi_id'])
    .where('member.account_id', '=', accountId)
    .where('member.group_id', '=', groupId)
    .orderBy('member.device_id')
    .offset(begin)
    .limit(count)
    .execute()
  return rows.map((row) => ({ deviceId: row.device_id, comment: row.comment, poiId: row.poi_id }))
}

/**
 * Add devices to a locked group. Devices that are in it already count once.
 *
 * @throws Problem `group.full` when it would hold more than a group may.
 */
export async function insertMembers(
  trx: Transaction<Schema>,
  { accountId, groupId }: GroupKey,
  deviceIds: readonly number[],
): Promise<void> {
  const members = deviceIds.map((device_id) => ({ account_id: accountId, group_id: groupId, device_id }))
  const columns = { account_id: 'bigint', group_id: 'bigint', device_id: 'bigint' } as const
  // Citus also counts rows of a list that are in it already, but returns only those that it inserted.
  const inserted = await insertRows(trx, 'device_group_member', members, columns)
    .onConflict((conflict) => conflict.doNothing())
    .returning('device_id')
    .execute()
  const { numUpdatedRows } = await trx
    .updateTable('device_group')
    .set(({ eb }) => ({ device_count: eb('device_count', '+', inserted.length) }))
    .where('account_id', '=', accountId)
    .where('group_id', '=', groupId)
    .where('device_count', '<=', GROUP_LIMITS.devicesPerGroup - inserted.length)
    .executeTakeFirstOrThrow()
  if (numUpdatedRows !== 1n) throw new Problem('group.full')
}

/**
 * Remove devices from a locked group.
 *
 * @param deviceIds each once
 * @throws Problem `group.device_unknown` when one of them is not in it.
 */
export async function deleteMembers(
  trx: Transaction<Schema>,
  { accountId, groupId }: GroupKey,
  deviceIds: readonly number[],
): Promise<void> {
  const { numDeletedRows } = await trx
    .deleteFrom('device_group_member')
    .where('account_id', '=', accountId)
    .where('group_id', '=', groupId)
    .where(isIn(trx, 'device_id', deviceIds))
    .executeTakeFirstOrThrow()
  if (Number(numDeletedRows) !== deviceIds.length) throw new Problem('group.device_unknown')
  await trx
    .updateTable('device_group')
    .set(({ eb }) => ({ device_count: eb('device_count', '-', deviceIds.length) }))
    .where('account_id', '=', accountId)
    .where('group_id', '=', groupId)
    .execute()
}
