import { Type } from '@shenpi/sdk/contract/schema'
import type { Kysely } from 'kysely'
import { findLatestApplication } from '../applications/application.store.ts'
import { defineKind } from '../applications/application-kind.ts'
import type { Schema } from '../db/schema.ts'
import { Problem } from '../problem.ts'
import { toAccessChange } from './shop-access.presenter.ts'
import { findShopAccess, saveShopAccess } from './shop-access.store.ts'
import { connect } from './shop-access.ts'

/** All applications are about the same. */
const SUBJECT = 'component'

/** An account's last application to open the component, or undefined. */
export const findRegistration = (db: Kysely<Schema>, accountId: number) =>
  findLatestApplication(db, { accountId, kind: 'shop_registration', subject: SUBJECT })

/**
 * Opens the shop component for an account. On the platform the account's administrator accepts an agreement; here staff
 * decide instead.
 */
export const shopRegistrationKind = defineKind({
  name: 'shop_registration',
  payload: Type.Object({}),
  subject: () => SUBJECT,
  open: 'shop.registration_under_review',
  async admit({ trx, accountId }) {
    if ((await findShopAccess(trx, accountId)).connectedAt) throw new Problem('shop.connected')
  },
  screen: () => 'review',
  async approve({ trx, accountId }, { decidedAt }) {
    await saveShopAccess(trx, accountId, connect(await findShopAccess(trx, accountId), decidedAt))
  },
  // The platform has an event for what opens and for what ends, and none for what was never opened.
  announce: ({ state }) => (state === 'approved' ? toAccessChange('connected') : undefined),
  summarize: (_, language) => (language === 'zh' ? '开通交易组件' : 'open the shop component'),
})
