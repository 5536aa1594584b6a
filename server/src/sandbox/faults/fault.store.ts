import type { Kysely } from 'kysely'
import type { Schema } from '../../db/schema.ts'
import type { FaultRule } from './fault.ts'

/** The rules of all accounts, in the order in which they are looked at. */
export async function listFaultRules(db: Kysely<Schema>): Promise<FaultRule[]> {
  const rows = await db.selectFrom('sandbox_fault').selectAll().orderBy('account_id').orderBy('position').execute()
  return rows.map(({ account_id, name, position, rule, ends_at, seen, hits }) => ({
    ...JSON.parse(rule),
    accountId: account_id,
    name,
    position,
    endsAt: new Date(ends_at),
    seen,
    hits,
  }))
}

/** Save a rule, in the place of one of its name. */
export async function saveFaultRule(db: Kysely<Schema>, rule: FaultRule): Promise<void> {
  const { accountId, name, position, endsAt, seen, hits, ...fault } = rule
  const columns = { position, rule: JSON.stringify(fault), ends_at: endsAt.getTime(), seen, hits }
  await db
    .insertInto('sandbox_fault')
    .values({ account_id: accountId, name, ...columns })
    .onConflict((conflict) => conflict.columns(['account_id', 'name']).doUpdateSet(columns))
    .execute()
}

/** Save what a rule saw and struck, if it is still there. */
export async function saveCounts(db: Kysely<Schema>, { accountId, name, seen, hits }: FaultRule): Promise<void> {
  await db
    .updateTable('sandbox_fault')
    .set({ seen, hits })
    .where('account_id', '=', accountId)
    .where('name', '=', name)
    .execute()
}

export async function deleteFaultRule(db: Kysely<Schema>, { accountId, name }: FaultRule): Promise<void> {
  await db.deleteFrom('sandbox_fault').where('account_id', '=', accountId).where('name', '=', name).execute()
}

/** The key of an account's callbacks before the last change. */
export async function findOldKey(db: Kysely<Schema>, accountId: number): Promise<string | undefined> {
  const row = await db
    .selectFrom('sandbox_old_key')
    .select('encoding_aes_key')
    .where('account_id', '=', accountId)
    .executeTakeFirst()
  return row?.encoding_aes_key
}

export async function saveOldKey(db: Kysely<Schema>, accountId: number, encodingAesKey: string): Promise<void> {
  const columns = { encoding_aes_key: encodingAesKey }
  await db
    .insertInto('sandbox_old_key')
    .values({ account_id: accountId, ...columns })
    .onConflict((conflict) => conflict.column('account_id').doUpdateSet(columns))
    .execute()
}
