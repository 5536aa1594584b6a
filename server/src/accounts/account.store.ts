import type { AccountFilter } from '@shenpi/sdk/contract/states'
import { type Kysely, type Selectable, sql, type Transaction } from 'kysely'
import type { Schema } from '../db/schema.ts'
import { prepared } from '../db/statements.ts'
import { Problem } from '../problem.ts'
import type { Account } from './account.ts'

export const toAccount = (row: Selectable<Schema['account']>): Account => ({
  accountId: row.account_id,
  appid: row.appid,
  originalId: row.original_id,
  name: row.name,
  secretHash: row.secret_hash,
  sceneGroups: JSON.parse(row.scene_groups),
  createdAt: new Date(row.created_at),
  verified: row.verified === 1,
  frozenAt: toDate(row.frozen_at),
  secretFrozenAt: toDate(row.secret_frozen_at),
})

const toDate = (time: number | null): Date | null => (time === null ? null : new Date(time))

const selectById = prepared((db, { accountId }: { accountId: number }) =>
  db.selectFrom('account').selectAll().where('account_id', '=', accountId),
)

export async function findAccount(db: Kysely<Schema>, accountId: number): Promise<Account | undefined> {
  const [row] = await selectById(db, { accountId })
  return row && toAccount(row)
}

const selectByAppid = prepared((db, { appid }: { appid: string }) =>
  db.selectFrom('account').selectAll().where('appid', '=', appid),
)

export async function findAccountByAppid(db: Kysely<Schema>, appid: string): Promise<Account | undefined> {
  const [row] = await selectByAppid(db, { appid })
  return row && toAccount(row)
}

/** @throws Problem `account.unknown` */
export async function getAccountByAppid(db: Kysely<Schema>, appid: string): Promise<Account> {
  const account = await findAccountByAppid(db, appid)
  if (!account) throw new Problem('account.unknown')
  return account
}

/** The oldest first. @param limit how many at the most */
export async function listAccounts(
  db: Kysely<Schema>,
  limit: number,
  afterId = 0,
  having?: AccountFilter,
): Promise<Account[]> {
  let query = db.selectFrom('account').selectAll().where('account_id', '>', afterId).orderBy('account_id').limit(limit)
  // As the partial indexes have it.
  if (having === 'frozen') query = query.where('frozen_at', 'is not', null)
  if (having === 'secret_frozen') query = query.where('secret_frozen_at', 'is not', null)
  if (having === 'unverified') query = query.where('verified', '=', sql.lit(0 as const))
  return (await query.execute()).map(toAccount)
}

export async function insertAccount(trx: Transaction<Schema>, account: Omit<Account, 'accountId'>): Promise<Account> {
  const { account_id: accountId } = await trx
    .insertInto('account')
    .values({
      appid: account.appid,
      original_id: account.originalId,
      name: account.name,
      secret_hash: account.secretHash,
      scene_groups: JSON.stringify(account.sceneGroups),
      created_at: account.createdAt.getTime(),
      verified: account.verified ? 1 : 0,
      frozen_at: account.frozenAt?.getTime() ?? null,
      secret_frozen_at: account.secretFrozenAt?.getTime() ?? null,
    })
    .returning('account_id')
    .executeTakeFirstOrThrow()
  return { ...account, accountId }
}

/**
 * With its account: `device-quota/` stands above `accounts/`, which creates the row.
 *
 * @param ceiling how many device IDs the account may have
 */
export async function insertDeviceQuota(trx: Transaction<Schema>, accountId: number, ceiling: number): Promise<void> {
  await trx.insertInto('device_quota').values({ account_id: accountId, ceiling, allocated: 0 }).execute()
}

/** A new secret is not frozen. */
export async function saveSecretHash(trx: Transaction<Schema>, accountId: number, secretHash: string): Promise<void> {
  const columns = { secret_hash: secretHash, secret_frozen_at: null }
  await trx.updateTable('account').set(columns).where('account_id', '=', accountId).execute()
}

export async function saveAccountState(
  trx: Transaction<Schema>,
  { accountId, verified, frozenAt, secretFrozenAt }: Account,
): Promise<void> {
  const columns = {
    verified: verified ? 1 : 0,
    frozen_at: frozenAt?.getTime() ?? null,
    secret_frozen_at: secretFrozenAt?.getTime() ?? null,
  } as const
  await trx.updateTable('account').set(columns).where('account_id', '=', accountId).execute()
}

const updateSceneGroups = prepared((db, { accountId, scene_groups }: { accountId: number; scene_groups: string }) =>
  db.updateTable('account').set({ scene_groups }).where('account_id', '=', accountId),
)

export async function saveSceneGroups(
  trx: Transaction<Schema>,
  accountId: number,
  sceneGroups: readonly number[],
): Promise<void> {
  const scene_groups = JSON.stringify(sceneGroups)
  await updateSceneGroups(trx, { accountId, scene_groups })
}
