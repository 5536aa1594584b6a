import type { Fixed, Time } from './columns.ts'

/** The tables of lotteries and their red packets. */
export interface LotteryTables {
  lottery: {
    account_id: number
    lottery_no: Fixed<number>
    title: Fixed<string>
    description: Fixed<string>
    is_on: 0 | 1
    begins_at: Fixed<Time>
    ends_at: Fixed<Time>
    /** The most packets that it may hold. */
    packets_max: Fixed<number>
    /** Those that were entered, and in how many calls. */
    packets: number
    calls: number
    jump_url: Fixed<string>
    /** What the merchant signs draws with. */
    sign_key: Fixed<string>
    created_at: Fixed<Time>
  }
  /** A packet that was pre-ordered; it is entered into one lottery, and drawn by one person there. */
  red_packet: {
    account_id: number
    ticket: Fixed<string>
    mchid: Fixed<string>
    auth_mchid: Fixed<string>
    /** Unit: fen. */
    amount: Fixed<number>
    expires_at: Fixed<Time>
    lottery_no: number | null
    drawn_by: string | null
    drawn_at: Time | null
    created_at: Fixed<Time>
  }
}
