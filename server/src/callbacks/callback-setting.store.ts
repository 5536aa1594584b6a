import type { CallbackFormat, CallbackMode } from '@shenpi/sdk/contract/states'
import type { Kysely, Selectable } from 'kysely'
import { pipelined } from '../db/pipelined.ts'
import type { Schema } from '../db/schema.ts'
import { prepared } from '../db/statements.ts'

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

/** The receiver of a merchant's callbacks. */
export interface Receiver {
  appid: string
  /** The `gh_…` id that messages name. */
  originalId: string
  /** Undefined while the account has no callback URL. */
  setting: CallbackSetting | undefined
}

const toSetting = (row: Omit<Selectable<Schema['callback_setting']>, 'account_id'>): CallbackSetting => ({
  url: row.url,
  token: row.token,
  encodingAesKey: row.encoding_aes_key,
  mode: row.mode,
  format: row.format,
  verifiedAt: new Date(row.verified_at),
})

const selectReceiver = prepared((db, { accountId }: { accountId: number }) =>
  db.selectFrom('account').select(['appid', 'original_id']).where('account_id', '=', accountId),
)

const selectSetting = prepared((db, { accountId }: { accountId: number }) =>
  db.selectFrom('callback_setting').selectAll().where('account_id', '=', accountId),
)

export async function findCallbackSetting(db: Kysely<Schema>, accountId: number): Promise<CallbackSetting | undefined> {
  const [row] = await selectSetting(db, { accountId })
  return row && toSetting(row)
}

/** @throws Error when there is no such account */
export async function getReceiver(db: Kysely<Schema>, accountId: number): Promise<Receiver> {
  const [[account], setting] = await pipelined([selectReceiver(db, { accountId }), findCallbackSetting(db, accountId)])
  if (!account) throw new Error(`there is no account ${accountId}`)
  return { appid: account.appid, originalId: account.original_id, setting }
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
