import { LOTTERY_LIMITS } from '@shenpi/sdk/contract/wire'
import type { Database } from '../db/open.ts'
import type { Clock } from '../time/clock.ts'
import { getLottery } from './lottery.store.ts'
import type { Lottery } from './lottery.ts'
import type { LotteryKey } from './lottery-id.ts'
import { countPackets } from './red-packet.store.ts'

/**
 * A lottery, and its packets by how they stand, unless they are too many to be counted. When it is over, nobody draws what
 * is left: it has expired. Source: docs/protocol/shakearound.md, lottery/querylottery.
 *
 * @throws Problem `lottery.unknown`
 */
export async function showLottery(
  { db, clock }: { db: Database; clock: Clock },
  key: LotteryKey,
): Promise<{ lottery: Lottery; counts: Awaited<ReturnType<typeof countPackets>> | undefined }> {
  const lottery = await getLottery(db, key)
  const { packets, calls } = LOTTERY_LIMITS.counted
  if (lottery.packets > packets || lottery.calls > calls) return { lottery, counts: undefined }
  const now = clock.now(key.accountId)
  return { lottery, counts: await countPackets(db, key, now < lottery.endsAt ? now : new Date(8.64e15)) }
}
