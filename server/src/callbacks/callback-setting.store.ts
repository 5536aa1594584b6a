import type { CallbackFormat, CallbackMode } from '@shenpi/sdk/contract/states'
import { type Kysely, type Selectable, sql } from 'kysely'
import { isIn } from '../db/lists.ts'
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
  /** Deliveries to it that are leased, by any server. */
  underWay: number
}

type SettingRow = Omit<Selectable<Schema['callback_setting']>, 'account_id'>

const isSet = (row: { [Column in keyof SettingRow]: SettingRow[Column] | null }): row is SettingRow => row.url !== null

const toSetting = (row: SettingRow): CallbackSetting => ({
  url: row.url,
  token: row.token,
  encodingAesKey: row.encoding_aes_key,
  mode: row.mode,
  format: row.format,
  verifiedAt: new Date(row.verified_at),
})

const selectReceiver = prepared((db, { accountId }: { accountId: number }) =>
  db
    // Not from `account`: on Citus that is a copy on every node, and the rest lies with its journal.
    .selectFrom('account_journal')
    .innerJoin('account', 'account.account_id', 'account_journal.account_id')
    .leftJoin('callback_setting', (join) => join.on('callback_setting.account_id', '=', accountId))
    .select(['appid', 'original_id', 'url', 'token', 'encoding_aes_key', 'mode', 'format', 'verified_at'])
    .select(({ case: when, selectFrom }) =>
      when()
        // Nothing is on its way to nowhere, and is not counted.
        .when('url', 'is not', null)
        .then(
          selectFrom('callback_delivery')
            .select(({ fn }) => fn.countAll<number>().as('leased'))
            // Named for each table: Citus asks every shard where the account follows from a join.
            .where('callback_delivery.account_id', '=', accountId)
            .where('state', '=', sql.lit('pending' as const))
            .where('leased_until', '>', sql.lit(0)),
        )
        .end()
        .as('under_way'),
    )
    .where('account_journal.account_id', '=', accountId),
)

const selectSetting = prepared((db, { accountId }: { accountId: number }) =>
  db.selectFrom('callback_setting').selectAll().where('account_id', '=', accountId),
)

export async function findCallbackSetting(db: Kysely<Schema>, accountId: number): Promise<CallbackSetting | undefined> {
  const [row] = await selectSetting(db, { accountId })
  return row && toSetting(row)
}

const selectSettings = prepared((db, { accountIds }: { accountIds: readonly number[] }) =>
  db
    .selectFrom('callback_setting')
    .selectAll()
    .where(isIn(db, 'account_id', accountIds)),
)

/** The settings of those among these accounts that have one, by account. */
export async function listCallbackSettings(
  db: Kysely<Schema>,
  accountIds: readonly number[],
): Promise<Map<number, CallbackSetting>> {
  const rows = await selectSettings(db, { accountIds })
  return new Map(rows.map((row) => [row.account_id, toSetting(row)]))
}

/** @throws Error when there is no such account */
export async function getReceiver(db: Kysely<Schema>, accountId: number): Promise<Receiver> {
  const [row] = await selectReceiver(db, { accountId })
  if (!row) throw new Error(`there is no account ${accountId}`)
  const { appid, original_id, under_way, ...setting } = row
  return {
    appid,
    originalId: original_id,
    setting: isSet(setting) ? toSetting(setting) : undefined,
    underWay: under_way ?? 0,
  }
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
