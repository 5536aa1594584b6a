import type { Store } from './store.store.ts'

/**
 * Whether a store that is not deleted counts for the devices of an account that are bound to it: the account's own from
 * its creation on, unless it was rejected; another's while it is approved.
 * Source: docs/protocol/shakearound.md, Shakes.
 */
export function countsFor(accountId: number, store: Pick<Store, 'state'> & { accountId: number }): boolean {
  return store.accountId === accountId ? store.state !== 'rejected' : store.state === 'approved'
}
