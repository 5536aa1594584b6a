import { randomBytes } from 'node:crypto'
import type { Database } from '../db/open.ts'
import { insertJournal } from '../journal/journal.store.ts'
import type { Clock } from '../time/clock.ts'
import { insertAccount } from './account.store.ts'
import type { Account } from './account.ts'
import { hashSecret, newSecret } from './secret.ts'

/** Scenes that are open from the start: 1, Channels. Source: docs/protocol/shops.md, scene_group_list. */
const FIRST_SCENES = [1]

/**
 * Create an account. The secret is shown this once and kept only as a hash.
 *
 * @param given fixed credentials, as the sandbox's documented account has them; drawn at random otherwise
 */
export async function createAccount(
  { db, clock, deviceCeiling }: { db: Database; clock: Clock; deviceCeiling: number },
  {
    name,
    actor,
    given,
  }: { name: string; actor: string; given?: { appid: string; originalId: string; secret: string } },
): Promise<{ account: Account; secret: string }> {
  const at = clock.now()
  const secret = given?.secret ?? newSecret()
  const account = await db.transaction().execute(async (trx) => {
    const created = await insertAccount(trx, {
      appid: given?.appid ?? `wx${randomBytes(8).toString('hex')}`,
      originalId: given?.originalId ?? `gh_${randomBytes(6).toString('hex')}`,
      name,
      secretHash: hashSecret(secret),
      sceneGroups: FIRST_SCENES,
      createdAt: at,
      verified: true,
      frozenAt: null,
      secretFrozenAt: null,
    })
    const { accountId } = created
    const detail = { appid: created.appid, name }
    await insertJournal(trx, accountId, { at, actor, action: 'account.create', detail })
    await trx
      .insertInto('device_quota')
      .values({ account_id: accountId, ceiling: deviceCeiling, allocated: 0 })
      .execute()
    return created
  })
  return { account, secret }
}
