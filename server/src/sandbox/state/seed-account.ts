import { createAccount } from '../../accounts/create-account.ts'
import { newSecret } from '../../accounts/secret.ts'
import { applyForActivation } from '../../activations/apply-for-activation.ts'
import { decideApplication } from '../../applications/decide-application.ts'
import type { Review } from '../../applications/review.ts'
import { submitApplication } from '../../applications/submit-application.ts'
import type { Caches } from '../../caches.ts'
import { saveCallbackSetting } from '../../callbacks/callback-setting.store.ts'
import type { CategoryCache } from '../../categories/category-cache.ts'
import type { Database } from '../../db/open.ts'
import { changeAccount } from '../../journal/change-account.ts'
import { insertPage } from '../../pages/page.store.ts'
import { openComponent } from '../../shop-access/change-shop-access.ts'
import { insertStore } from '../../stores/store.store.ts'
import type { Clock } from '../../time/clock.ts'
import { setClock } from '../clocks/set-clock.ts'
import { readEnd, readFault } from '../faults/read-fault.ts'
import type { Sandbox } from '../sandbox.ts'
import type { Fault } from '../yaml-file.ts'
import type { Seed, SeedAccount } from './seed-file.ts'

export interface SeedParts {
  db: Database
  caches: Caches
  clock: Clock
  review: Review
  categories: CategoryCache
  policy: { current: { deviceCeiling: number } }
  sandbox: Pick<Sandbox, 'clocks' | 'rules' | 'faults'>
}

const ACTOR = 'seed'

/**
 * Make an account as a seed file says, by the same doors as everybody's.
 *
 * @param made told its id as soon as it is there
 * @param at told which part of the account comes next
 * @returns its secret
 */
export async function seedAccount(
  parts: SeedParts,
  account: SeedAccount,
  made: (accountId: number) => void,
  at: (...part: Fault['at']) => void,
): Promise<{ secret: string }> {
  const { db, clock, review, sandbox, policy } = parts
  const { name, appid, secret = newSecret(), original_id: originalId = `gh_${appid.slice(2, 14)}` } = account
  const { deviceCeiling } = policy.current
  const given = { appid, originalId, secret }
  const created = await createAccount({ db, clock, deviceCeiling }, { name, actor: ACTOR, given })
  const { accountId } = created.account
  made(accountId)
  // First: everything else is dated by it.
  const { at: time, frozen: isFrozen } = account.clock ?? {}
  if (account.clock)
    await setClock({ db, clocks: sandbox.clocks }, accountId, { at: time ? new Date(time) : undefined, isFrozen })
  for (const [nth, { poi_id: poiId, business_name: businessName }] of (account.stores ?? []).entries()) {
    at('stores', nth)
    await insertStore(db, accountId, { poiId, businessName }, clock.now(accountId))
  }
  at()
  if (account.activated) await activate(parts, accountId, name)
  if (account.shop) await openComponent(review, accountId, ACTOR)
  if (account.callback) await setReceiver(parts, accountId, account.callback)
  await insertPages(parts, accountId, account.pages ?? [])
  for (const [nth, { comment = '', quantity, poi_id = 0 }] of (account.device_batches ?? []).entries()) {
    at('device_batches', nth)
    const payload = { quantity, apply_reason: ACTOR, comment, poi_id }
    await submit(parts, accountId, { kind: 'device_batch', payload, decision: { move: 'approve' } })
  }
  for (const [nth, application] of (account.applications ?? []).entries()) {
    at('applications', nth)
    await submit(parts, accountId, application)
  }
  at()
  if (account.outcome_rules) await sandbox.rules.set(accountId, account.outcome_rules)
  await setFaults(parts, accountId, account.faults ?? [])
  return { secret }
}

export async function setFaults(
  { clock, sandbox }: Pick<SeedParts, 'clock' | 'sandbox'>,
  accountId: number,
  faults: NonNullable<Seed['faults']>,
): Promise<void> {
  for (const { name, ...fault } of faults) {
    await sandbox.faults.set({ accountId, name }, readFault(fault), readEnd(fault.ends_at, clock.machine()))
  }
}

async function activate({ review }: SeedParts, accountId: number, name: string): Promise<void> {
  const request = { name, phone_number: '13800000000', email: 'sandbox@example.com', industry_id: '0101' }
  const open = await applyForActivation(review, accountId, request, { wholeEmail: true })
  if (open.state === 'under_review')
    await decideApplication(review, open, { move: 'approve', reason: '', actor: ACTOR })
}

/** Nobody asks the address: the receiver may start later. */
async function setReceiver(
  { db, clock }: SeedParts,
  accountId: number,
  { url, token, mode, format, encoding_aes_key: encodingAesKey = '' }: NonNullable<SeedAccount['callback']>,
): Promise<void> {
  await saveCallbackSetting(db, accountId, {
    url,
    token,
    encodingAesKey,
    mode,
    format,
    verifiedAt: clock.now(accountId),
  })
}

async function insertPages({ db, clock }: SeedParts, accountId: number, pages: NonNullable<SeedAccount['pages']>) {
  for (const { title, description, page_url: pageUrl, icon_url: iconUrl, comment = '' } of pages) {
    await changeAccount(db, accountId, async (account) => {
      const page = { pageId: await account.number('page'), title, description, pageUrl, iconUrl, comment }
      await insertPage(account.trx, accountId, page, clock.now(accountId))
    })
  }
}

type SeedApplication = NonNullable<SeedAccount['applications']>[number]

async function submit({ review }: SeedParts, accountId: number, { kind, payload, decision }: SeedApplication) {
  const application = await submitApplication(review, { accountId, kind, payload })
  if (!decision || application.state !== 'under_review') return
  await decideApplication(review, application, { move: decision.move, reason: decision.reason ?? '', actor: ACTOR })
}
