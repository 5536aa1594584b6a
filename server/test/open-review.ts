import { createAccount } from '../src/accounts/create-account.ts'
import { accountActivationKind } from '../src/activations/account-activation.kind.ts'
import type { ApplicationKind, ApplicationKinds } from '../src/applications/application-kind.ts'
import type { Review } from '../src/applications/review.ts'
import { saveCallbackSetting } from '../src/callbacks/callback-setting.store.ts'
import { deviceBatchKind } from '../src/devices/device-batch.kind.ts'
import { categoryQualificationKind } from '../src/shops/category-qualification.kind.ts'
import type { DatabaseKind, OpenDatabase } from './databases.ts'
import { type TestClock, testClock } from './test-clock.ts'

export interface OpenReview extends OpenDatabase {
  clock: TestClock
  review: Review
  /** How often something was left for the queues. */
  changes: () => number
  /** A new account's id. */
  newAccount(options?: { ceiling?: number; callbackUrl?: string }): Promise<number>
}

/** What submitting and deciding need, on an open database, without a server. A test may hand in kinds of its own. */
export async function openReview(
  kind: DatabaseKind,
  changes: Partial<Record<keyof ApplicationKinds, Partial<ApplicationKind>>> = {},
): Promise<OpenReview> {
  const opened = await kind.open()
  const { db } = opened
  const clock = testClock()
  let changed = 0
  const kinds: ApplicationKinds = {
    account_activation: { ...accountActivationKind, ...changes.account_activation },
    device_batch: { ...deviceBatchKind({ quickReviewMax: 500 }), ...changes.device_batch },
    category_qualification: { ...categoryQualificationKind, ...changes.category_qualification },
  }
  const onChange = () => {
    changed += 1
  }
  return {
    ...opened,
    clock,
    review: { db, clock, kinds, reviewWorkingDays: 3, onChange },
    changes: () => changed,
    async newAccount({ ceiling = 10_000, callbackUrl } = {}) {
      const created = await createAccount({ db, clock, deviceCeiling: ceiling }, { name: 'Acme', actor: 'test' })
      const { accountId } = created.account
      if (callbackUrl) {
        const how = { token: 'ReceiverToken', encodingAesKey: '', mode: 'plain', format: 'json' } as const
        await saveCallbackSetting(db, accountId, { url: callbackUrl, ...how, verifiedAt: clock.now() })
      }
      return accountId
    },
  }
}
