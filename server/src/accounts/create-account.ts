import type { Database } from '../db/open.ts'
import { transaction } from '../db/transaction.ts'
import { drawSecret } from '../entropy/draw-secret.ts'
import { insertJournal } from '../journal/journal.store.ts'
import type { Clock } from '../time/clock.ts'
import { insertAccount, insertDeviceQuota } from './account.store.ts'
import type { Account } from './account.ts'
import { hashSecret, newSecret } from './secret.ts'

/** Scenes that are open from the start: 1, Channels. Source: docs/protocol/shops.md, scene_group_list. */
export const FIRST_SCENES = [1]

export interface Credentials {
  appid: string
  originalId: string
  secret: string
}

/**
 * Create an account. The secret is shown this once and kept only as a hash.
 *
 * @param given fixed credentials, as the sandbox's documented account has them; drawn at random otherwise
 */
export async function createAccount(
  { db, clock, deviceCeiling }: { db: Database; clock: Clock; deviceCeiling: number },
  { name, actor, given = drawCredentials() }: { name: string; actor: string; given?: Credentials },
): Promise<{ account: Account; secret: string }> {
  const at = clock.installation()
  const { appid, originalId, secret } = given
  const account = await transaction(db, async (trx) => {
    const created = await insertAccount(trx, {
      appid,
      originalId,
      name,
      secretHash: hashSecret(secret),
      sceneGroups: FIRST_SCENES,
      createdAt: at,
      verified: true,
      frozenAt: null,
      secretFrozenAt: null,
    })
    const { accountId } = created
    await insertJournal(trx, accountId, { at, actor, action: 'account.create', detail: { appid, name } })
    await insertDeviceQuota(trx, accountId, deviceCeiling)
    return created
  })
  return { account, secret }
}

const drawCredentials = (): Credentials => ({
  appid: `wx${drawSecret(8).toString('hex')}`,
  originalId: `gh_${drawSecret(6).toString('hex')}`,
  secret: newSecret(),
})
