import type { Kysely } from 'kysely'
import type { Schema } from '../db/schema.ts'
import { accountTransaction } from '../db/transaction.ts'
import { Problem } from '../problem.ts'
import { deleteGroupRow, type GroupKey, lockGroup } from './group.store.ts'

/** Delete a group that is empty. @throws Problem `group.unknown`, `group.not_empty` */
export async function deleteGroup(db: Kysely<Schema>, key: GroupKey): Promise<void> {
  await accountTransaction(db, key.accountId, async (trx) => {
    const { deviceCount } = await lockGroup(trx, key)
    if (deviceCount > 0) throw new Problem('group.not_empty')
    await deleteGroupRow(trx, key)
  })
}
