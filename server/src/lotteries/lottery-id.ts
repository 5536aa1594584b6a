export interface LotteryKey {
  accountId: number
  lotteryNo: number
}

/**
 * The wire's `lottery_id`: digits alone, as in the published sample, and unique over all accounts, because a phone names
 * nothing else. It is how many digits the account's number has, that number, and the lottery's.
 *
 * @example
 * toLotteryId({ accountId: 12, lotteryNo: 345 }) // '212345'
 */
export const toLotteryId = ({ accountId, lotteryNo }: LotteryKey): string =>
  `${String(accountId).length}${accountId}${lotteryNo}`

/** The key behind an id, or undefined when it is none. */
export function parseLotteryId(id: string): LotteryKey | undefined {
  if (!/^[1-9]\d{2,19}$/.test(id)) return undefined
  const end = 1 + Number(id[0])
  const key = { accountId: Number(id.slice(1, end)), lotteryNo: Number(id.slice(end)) }
  const isOne = key.accountId > 0 && key.lotteryNo > 0 && Number.isSafeInteger(key.lotteryNo)
  return isOne && toLotteryId(key) === id ? key : undefined
}
