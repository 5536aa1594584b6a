import type { DrawOutcome } from '@shenpi/sdk/contract/states'
import type { LotteryKey } from './lottery-id.ts'

/** An activity in which people draw red packets. */
export interface Lottery extends LotteryKey {
  title: string
  description: string
  isOn: boolean
  beginsAt: Date
  endsAt: Date
  /** The most packets that it may hold. */
  packetsMax: number
  /** Packets that were entered, and in how many calls. */
  packets: number
  calls: number
  /** Where the phone may go behind the packet; empty: nowhere. */
  jumpUrl: string
  /** What the merchant signs draws with. */
  signKey: string
}

/** Why nobody draws now. The switch acts only while the lottery lasts. */
export function whyClosed(
  { beginsAt, endsAt, isOn }: Pick<Lottery, 'beginsAt' | 'endsAt' | 'isOn'>,
  at: Date,
): Extract<DrawOutcome, 'off' | 'not_begun' | 'over'> | undefined {
  if (at >= endsAt) return 'over'
  if (at < beginsAt) return 'not_begun'
  return isOn ? undefined : 'off'
}
