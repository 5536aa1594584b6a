import type { IpList } from './ip-list.ts'

/** From where and how often an account may call. */
export interface AccountLimits {
  ipList: IpList
  /** Calls of one path in a day; 0: as many as it likes; null: the server's default. */
  dailyLimit: number | null
  /** Calls of one path in a minute; as above. */
  minuteLimit: number | null
}
