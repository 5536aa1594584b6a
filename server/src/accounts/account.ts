import { Problem } from '../problem.ts'

/** Whether a text could be an appid. Other texts must not reach the database, which refuses some characters. */
export const isAppid = (text: string): boolean => /^wx[0-9a-f]{16}$/.test(text)

export interface Account {
  accountId: number
  /** `wx` and 16 hex digits: the merchant's name on the wire. */
  appid: string
  /** `gh_` and 12 hex digits: whom callbacks are addressed to. */
  originalId: string
  name: string
  /** SHA-256 of the secret, in hex. */
  secretHash: string
  /** The shop scenes that are open for it. Source: docs/protocol/shops.md, scene_group_list. */
  sceneGroups: number[]
  createdAt: Date
  /** Whether the operator takes it for who it says it is. */
  verified: boolean
  /** Since when every call of it is refused, while it is. */
  frozenAt: Date | null
  /** Since when its secret gives no tokens, while it does not. */
  secretFrozenAt: Date | null
}

/** @throws Problem `account.frozen` */
export function assertNotFrozen({ frozenAt }: Account): void {
  if (frozenAt) throw new Problem('account.frozen')
}

/**
 * Refuse an account that knows its secret and may not use it.
 *
 * @throws Problem `account.frozen`, `credential.secret_frozen`
 */
export function assertSecretUsable(account: Account): void {
  assertNotFrozen(account)
  if (account.secretFrozenAt) throw new Problem('credential.secret_frozen')
}
