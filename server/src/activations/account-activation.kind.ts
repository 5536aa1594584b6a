import type { Kysely } from 'kysely'
import { findAccount } from '../accounts/account.store.ts'
import { findLatestApplication } from '../applications/application.store.ts'
import type { ApplicationKind } from '../applications/application-kind.ts'
import type { Schema } from '../db/schema.ts'
import { Problem } from '../problem.ts'

export interface AccountActivationPayload {
  name: string
  phone_number: string
  email: string
  industry_id: string
  apply_reason: string
}

const SUBJECT = 'account'

/** The account may use Shake Nearby. What approval does is the approved application itself: `isActivated` reads it. */
export const accountActivationKind: ApplicationKind<AccountActivationPayload> = {
  name: 'account_activation',
  subject: () => SUBJECT,
  open: 'activation.closed',
  async admit(trx, { accountId }, latest) {
    if (!(await findAccount(trx, accountId))?.verified) throw new Problem('account.not_verified')
    if (latest?.state === 'approved') throw new Problem('activation.closed')
  },
  screen: () => 'review',
  async approve() {},
  summarize: ({ name, industry_id, apply_reason }) => `${name}, industry ${industry_id}: ${apply_reason}`,
}

/** The account's last application to open Shake Nearby, or undefined. */
export function findActivation(db: Kysely<Schema>, accountId: number) {
  return findLatestApplication(db, { accountId, kind: 'account_activation', subject: SUBJECT })
}

/** Whether the account may use Shake Nearby. */
export async function isActivated(db: Kysely<Schema>, accountId: number): Promise<boolean> {
  const activation = await findActivation(db, accountId)
  return activation?.state === 'approved'
}
