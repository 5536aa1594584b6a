/** Whoever keeps in mind what devices are bound to. The use cases tell of a change as soon as it is committed. */
export interface Bindings {
  /** A binding, a page or a store of the account has changed. */
  forget(accountId: number): void
}
