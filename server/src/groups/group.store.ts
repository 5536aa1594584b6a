import type { Kysely, Selectable, Transaction } from 'kysely'
import type { Schema } from '../db/schema.ts'
import { prepared } from '../db/statements.ts'
import { withChangePermit } from '../db/transaction.ts'
import { Problem } from '../problem.ts'

export interface GroupKey {
  accountId: number
  groupId: number
}

/** Devices that a merchant keeps together. */
export interface Group {
  groupId: number
  groupName: string
  deviceCount: number
}

const COLUMNS = ['group_id', 'group_name', 'device_count'] as const

const toGroup = (row: Pick<Selectable<Schema['device_group']>, (typeof COLUMNS)[number]>): Group => ({
  groupId: row.group_id,
  groupName: row.group_name,
  deviceCount: row.device_count,
})

const selectGroups = (db: Kysely<Schema>, accountId: number) =>
  db.selectFrom('device_group').select(COLUMNS).where('account_id', '=', accountId)

/** @throws Problem `group.unknown` when it is not one of the account's. */
export async function getGroup(db: Kysely<Schema>, { accountId, groupId }: GroupKey): Promise<Group> {
  const row = await selectGroups(db, accountId).where('group_id', '=', groupId).executeTakeFirst()
  if (!row) throw new Problem('group.unknown')
  return toGroup(row)
}

/** The group, which nobody else changes or deletes until the transaction ends. @throws Problem `group.unknown` */
export async function lockGroup(trx: Transaction<Schema>, { accountId, groupId }: GroupKey): Promise<Group> {
  const row = await selectGroups(trx, accountId).where('group_id', '=', groupId).forUpdate().executeTakeFirst()
  if (!row) throw new Problem('group.unknown')
  return toGroup(row)
}

const selectPart = prepared((db, { accountId, begin, count }: { accountId: number; begin: number; count: number }) =>
  selectGroups(db, accountId).orderBy('group_id').offset(begin).limit(count),
)

/** The account's groups from number `begin` (0 the first) on, in the order of their IDs. */
export async function listGroups(
  db: Kysely<Schema>,
  accountId: number,
  { begin, count }: { begin: number; count: number },
): Promise<Group[]> {
  return (await selectPart(db, { accountId, begin, count })).map(toGroup)
}

const selectTotal = prepared((db, { accountId }: { accountId: number }) =>
  db
    .selectFrom('device_group')
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .where('account_id', '=', accountId),
)

export async function countGroups(db: Kysely<Schema>, accountId: number): Promise<number> {
  const [counted] = await selectTotal(db, { accountId })
  return counted?.total ?? 0
}

export async function insertGroup(trx: Transaction<Schema>, accountId: number, group: Group, at: Date): Promise<void> {
  await trx
    .insertInto('device_group')
    .values({
      account_id: accountId,
      group_id: group.groupId,
      group_name: group.groupName,
      device_count: group.deviceCount,
      created_at: at.getTime(),
    })
    .execute()
}

/** @throws Problem `group.unknown` */
export async function saveGroupName(
  db: Kysely<Schema>,
  { accountId, groupId }: GroupKey,
  groupName: string,
): Promise<void> {
  const renamed = db
    .updateTable('device_group')
    .set({ group_name: groupName })
    .where('account_id', '=', accountId)
    .where('group_id', '=', groupId)
  const { numUpdatedRows } = await withChangePermit(db, accountId, () => renamed.executeTakeFirstOrThrow())
  if (numUpdatedRows !== 1n) throw new Problem('group.unknown')
}

export async function deleteGroupRow(trx: Transaction<Schema>, { accountId, groupId }: GroupKey): Promise<void> {
  await trx.deleteFrom('device_group').where('account_id', '=', accountId).where('group_id', '=', groupId).execute()
}
