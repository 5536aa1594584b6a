import { Type } from '@shenpi/sdk/contract/schema'
import type { Static } from '@sinclair/typebox'
import type { Kysely } from 'kysely'
import { findAccount } from '../accounts/account.store.ts'
import { findLatestApplication } from '../applications/application.store.ts'
import { defineKind } from '../applications/application-kind.ts'
import type { Schema } from '../db/schema.ts'
import { Problem } from '../problem.ts'
import { industryName } from './industries.ts'

const AccountActivationPayload = Type.Object({
  name: Type.String(),
  phone_number: Type.String(),
  email: Type.String(),
  industry_id: Type.String(),
  apply_reason: Type.String(),
})
export type AccountActivationPayload = Static<typeof AccountActivationPayload>

const SUBJECT = 'account'

/** The account may use Shake Nearby. What approval does is the approved application itself: `isActivated` reads it. */
export const accountActivationKind = defineKind({
  name: 'account_activation',
  payload: AccountActivationPayload,
  subject: () => SUBJECT,
  open: 'activation.closed',
  async admit({ trx, accountId }, _, latest) {
    if (!(await findAccount(trx, accountId))?.verified) throw new Problem('account.not_verified')
    if (latest?.state === 'approved') throw new Problem('activation.closed')
  },
  screen: () => 'review',
  async approve() {},
  summarize: ({ name, industry_id, apply_reason }, language) =>
    language === 'zh'
      ? `${name}，${industryName(industry_id)}：${apply_reason}`
      : `${name}, ${industryName(industry_id)}: ${apply_reason}`,
  nameIds: async ({ industry_id }) => ({ industry_id: industryName(industry_id) }),
})

/** The account's last application to open Shake Nearby, or undefined. */
export function findActivation(db: Kysely<Schema>, accountId: number) {
  return findLatestApplication(db, { accountId, kind: 'account_activation', subject: SUBJECT })
}

/** Whether the account may use Shake Nearby. */
export async function isActivated(db: Kysely<Schema>, accountId: number): Promise<boolean> {
  const activation = await findActivation(db, accountId)
  return activation?.state === 'approved'
}
