import type { CallbackFormat, CallbackMode } from '@shenpi/sdk/contract/states'
import type { Kysely } from 'kysely'
import type { Schema } from '../db/schema.ts'

/** Where and how a merchant wants its callbacks. */
export interface CallbackSetting {
  url: string
  /** What signatures are made with. */
  token: string
  /** 43 letters and digits; empty in plain mode. */
  encodingAesKey: string
  mode: CallbackMode
  format: CallbackFormat
  verifiedAt: Date
}

export async function findCallbackSetting(db: Kysely<Schema>, accountId: number): Promise<CallbackSetting | undefined> {
  const row = await db.selectFrom('callback_setting').selectAll().where('account_id', '=', accountId).executeTakeFirst()
  return (
    row && {
      url: row.url,
      token: row.token,
      encodingAesKey: row.encoding_aes_key,
      mode: row.mode,
      format: row.format,
      verifiedAt: new Date(row.verified_at),
    }
  )
}

export async function saveCallbackSetting(
  db: Kysely<Schema>,
  accountId: number,
  setting: CallbackSetting,
): Promise<void> {
  const columns = {
    url: setting.url,
    token: setting.token,
    encoding_aes_key: setting.encodingAesKey,
    mode: setting.mode,
    format: setting.format,
    verified_at: setting.verifiedAt.getTime(),
  }
  await db
    .insertInto('callback_setting')
    .values({ account_id: accountId, ...columns })
    .onConflict((conflict) => conflict.column('account_id').doUpdateSet(columns))
    .execute()
}
