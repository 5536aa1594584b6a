/** A cache of accounts' rows. The use cases tell it of a change as soon as it is committed. */
export interface AccountCache {
  /** Something of the account has changed. */
  forget(accountId: number): void
}
