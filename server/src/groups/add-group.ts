import { GROUP_LIMITS } from '@shenpi/sdk/contract/wire'
import type { Database } from '../db/open.ts'
import { changeAccount } from '../journal/change-account.ts'
import { Problem } from '../problem.ts'
import type { Clock } from '../time/clock.ts'
import { countGroups, type Group, insertGroup } from './group.store.ts'

/** Create an empty group. @throws Problem `group.too_many` when the account has as many as it may. */
export async function addGroup(
  { db, clock }: { db: Database; clock: Clock },
  accountId: number,
  groupName: string,
): Promise<Group> {
  return await changeAccount(db, accountId, async (account) => {
    // The journal's lock prevents another group between the count and the insertion.
    if ((await countGroups(account.trx, accountId)) >= GROUP_LIMITS.perAccount) throw new Problem('group.too_many')
    const group = { groupId: await account.number('group'), groupName, deviceCount: 0 }
    await insertGroup(account.trx, accountId, group, clock.now(accountId))
    return group
  })
}
