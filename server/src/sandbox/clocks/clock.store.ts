import type { Kysely } from 'kysely'
import type { Schema } from '../../db/schema.ts'
import type { ClockSetting } from '../../time/account-clocks.ts'

/** The clocks that are set, of all accounts and of the server. */
export async function listClocks(db: Kysely<Schema>): Promise<[accountId: number, setting: ClockSetting][]> {
  const rows = await db.selectFrom('sandbox_clock').selectAll().execute()
  return rows.map(({ account_id, offset_ms, frozen_at }) => [
    account_id,
    { offsetMs: offset_ms, frozenAt: frozen_at === null ? null : new Date(frozen_at) },
  ])
}

export async function saveClock(
  db: Kysely<Schema>,
  accountId: number,
  { offsetMs, frozenAt }: ClockSetting,
): Promise<void> {
  const setting = { offset_ms: offsetMs, frozen_at: frozenAt?.getTime() ?? null }
  await db
    .insertInto('sandbox_clock')
    .values({ account_id: accountId, ...setting })
    .onConflict((conflict) => conflict.column('account_id').doUpdateSet(setting))
    .execute()
}
