import { KIND_NAMES } from '@shenpi/sdk/contract/states'
import { createAccount } from '../src/accounts/create-account.ts'
import {
  type AnyKind,
  type ApplicationKind,
  type ApplicationKinds,
  usable,
} from '../src/applications/application-kind.ts'
import type { UnreadablePayload } from '../src/applications/payload.ts'
import type { Review } from '../src/applications/review.ts'
import { DEFAULT_REVIEW_POLICY, type ReviewPolicy } from '../src/applications/review-policy.ts'
import { saveCallbackSetting } from '../src/callbacks/callback-setting.store.ts'
import { transaction } from '../src/db/transaction.ts'
import { systemEntropy } from '../src/entropy/entropy.ts'
import { kindsUnder } from '../src/services.ts'
import { saveShopAccess } from '../src/shop-access/shop-access.store.ts'
import { connect, NO_ACCESS } from '../src/shop-access/shop-access.ts'
import { BUILT_IN_CALENDAR } from '../src/time/working-days.ts'
import type { DatabaseKind, OpenDatabase } from './databases.ts'
import { type TestClock, testClock } from './test-clock.ts'

export interface OpenReview extends OpenDatabase {
  clock: TestClock
  review: Review
  /** Change what the operator decides about the reviews. */
  setPolicy(changes: Partial<ReviewPolicy>): void
  /** What was told of payloads that cannot be read. */
  unreadable: UnreadablePayload[]
  /** The id of a new account that has the shop component open. */
  newAccount(options?: { ceiling?: number; callbackUrl?: string }): Promise<number>
}

/** What submitting and deciding need, on an open database without a server. A test may pass its own kinds. */
export async function openReview(
  kind: DatabaseKind,
  changes: Partial<
    Record<keyof ApplicationKinds, Partial<Omit<ApplicationKind<unknown>, 'number' | 'payloadReader'>>>
  > = {},
): Promise<OpenReview> {
  const opened = await kind.open()
  const { db } = opened
  const clock = testClock()
  const batchPolicy = () => ({ quickReviewMax: 500, activeDevicesMin: 0 })
  const kinds = { ...kindsUnder(batchPolicy, { forget() {} }) }
  for (const name of KIND_NAMES) kinds[name] = kinds[name].use<AnyKind>((of) => usable({ ...of, ...changes[name] }))
  const unreadable: UnreadablePayload[] = []
  let reviewPolicy = DEFAULT_REVIEW_POLICY
  const onUnreadable = (error: UnreadablePayload) => unreadable.push(error)
  return {
    ...opened,
    clock,
    review: {
      db,
      clock,
      entropy: systemEntropy,
      kinds,
      policy: () => reviewPolicy,
      calendar: () => BUILT_IN_CALENDAR,
      onUnreadable,
    },
    setPolicy: (changes) => {
      reviewPolicy = { ...reviewPolicy, ...changes }
    },
    unreadable,
    async newAccount({ ceiling = 10_000, callbackUrl } = {}) {
      const created = await createAccount({ db, clock, deviceCeiling: ceiling }, { name: 'Acme', actor: 'test' })
      const { accountId } = created.account
      const access = connect(NO_ACCESS, clock.now())
      await transaction(db, (trx) => saveShopAccess(trx, accountId, access))
      if (callbackUrl) {
        const how = { token: 'ReceiverToken', encodingAesKey: '', mode: 'plain', format: 'json' } as const
        await saveCallbackSetting(db, accountId, { url: callbackUrl, ...how, verifiedAt: clock.now() })
      }
      return accountId
    },
  }
}
