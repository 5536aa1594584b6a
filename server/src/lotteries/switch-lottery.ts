import type { Database } from '../db/open.ts'
import { lockAccount } from '../journal/change-account.ts'
import { Problem } from '../problem.ts'
import type { Clock } from '../time/clock.ts'
import { getLottery, saveSwitch } from './lottery.store.ts'
import type { LotteryKey } from './lottery-id.ts'

/** Switch a lottery on or off; before it begins, for then. @throws Problem `lottery.unknown`, `lottery.over` */
export async function switchLottery(
  { db, clock }: { db: Database; clock: Clock },
  key: LotteryKey,
  isOn: boolean,
): Promise<void> {
  await lockAccount(db, key.accountId, async (trx) => {
    if ((await getLottery(trx, key)).endsAt <= clock.now(key.accountId)) throw new Problem('lottery.over')
    await saveSwitch(trx, key, isOn)
  })
}
