import type { Kysely, Selectable, Transaction } from 'kysely'
import type { Schema } from '../db/schema.ts'
import { prepared } from '../db/statements.ts'
import { Problem } from '../problem.ts'
import type { Lottery } from './lottery.ts'
import type { LotteryKey } from './lottery-id.ts'

const toLottery = (row: Selectable<Schema['lottery']>): Lottery => ({
  accountId: row.account_id,
  lotteryNo: row.lottery_no,
  title: row.title,
  description: row.description,
  isOn: row.is_on === 1,
  beginsAt: new Date(row.begins_at),
  endsAt: new Date(row.ends_at),
  packetsMax: row.packets_max,
  packets: row.packets,
  calls: row.calls,
  jumpUrl: row.jump_url,
  signKey: row.sign_key,
})

const selectLottery = prepared((db, { accountId, lotteryNo }: LotteryKey) =>
  db.selectFrom('lottery').selectAll().where('account_id', '=', accountId).where('lottery_no', '=', lotteryNo),
)

/** @throws Problem `lottery.unknown` */
export async function getLottery(db: Kysely<Schema>, { accountId, lotteryNo }: LotteryKey): Promise<Lottery> {
  const [row] = await selectLottery(db, { accountId, lotteryNo })
  if (!row) throw new Problem('lottery.unknown')
  return toLottery(row)
}

export async function insertLottery(trx: Transaction<Schema>, lottery: Lottery, at: Date): Promise<void> {
  await trx
    .insertInto('lottery')
    .values({
      account_id: lottery.accountId,
      lottery_no: lottery.lotteryNo,
      title: lottery.title,
      description: lottery.description,
      is_on: lottery.isOn ? 1 : 0,
      begins_at: lottery.beginsAt.getTime(),
      ends_at: lottery.endsAt.getTime(),
      packets_max: lottery.packetsMax,
      packets: lottery.packets,
      calls: lottery.calls,
      jump_url: lottery.jumpUrl,
      sign_key: lottery.signKey,
      created_at: at.getTime(),
    })
    .execute()
}

const updateSwitch = prepared((db, { accountId, lotteryNo, isOn }: LotteryKey & { isOn: 0 | 1 }) =>
  db
    .updateTable('lottery')
    .set({ is_on: isOn })
    .where('account_id', '=', accountId)
    .where('lottery_no', '=', lotteryNo),
)

export async function saveSwitch(
  trx: Transaction<Schema>,
  { accountId, lotteryNo }: LotteryKey,
  isOn: boolean,
): Promise<void> {
  await updateSwitch(trx, { accountId, lotteryNo, isOn: isOn ? 1 : 0 })
}

const addEntered = prepared((db, { accountId, lotteryNo, packets }: LotteryKey & { packets: number }) =>
  db
    .updateTable('lottery')
    .set(({ eb }) => ({ packets: eb('packets', '+', packets), calls: eb('calls', '+', 1) }))
    .where('account_id', '=', accountId)
    .where('lottery_no', '=', lotteryNo),
)

/** One more call has entered so many packets. */
export async function countEntered(
  trx: Transaction<Schema>,
  { accountId, lotteryNo }: LotteryKey,
  packets: number,
): Promise<void> {
  await addEntered(trx, { accountId, lotteryNo, packets })
}

/** The lottery that a page was made for; null: none, or there is no such page. */
export async function findLotteryOfPage(
  db: Kysely<Schema>,
  { accountId, pageId }: { accountId: number; pageId: number },
): Promise<number | null> {
  const row = await db
    .selectFrom('page')
    .select('lottery_no')
    .where('account_id', '=', accountId)
    .where('page_id', '=', pageId)
    .executeTakeFirst()
  return row?.lottery_no ?? null
}
