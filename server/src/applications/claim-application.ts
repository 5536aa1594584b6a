import { CLAIM_MS } from '@shenpi/sdk/contract/api/claims'
import type { Kysely } from 'kysely'
import type { Schema } from '../db/schema.ts'
import { changeAccount } from '../journal/change-account.ts'
import { NoSuchAccount } from '../journal/journal.store.ts'
import { Problem } from '../problem.ts'
import { getApplication } from './application.store.ts'
import { assertOpen, type Claim } from './application.ts'
import type { ApplicationKey } from './application-id.ts'
import { deleteClaim, findClaim, saveClaim } from './claim.store.ts'
import { refuseClaimed } from './claim.ts'
import type { Review } from './review.ts'
import { findScheduledDecision } from './scheduled-decision.store.ts'
import { refuseScheduled } from './scheduled-decision.ts'

/** Who is at an application. */
export interface Claimant {
  /** What tells actors apart. */
  actorKey: string
  actor: string
}

/**
 * Claim an application that is under review, or prolong the claim. One that ran out is nobody's.
 *
 * @throws Problem `application.unknown`, `application.closed`, `application.claimed`, `decision.scheduled`
 */
export async function claimApplication(review: Review, key: ApplicationKey, claimant: Claimant): Promise<Claim> {
  const { db, clock } = review
  const claim = await saveClaim(db, { ...key, ...named(claimant), now: clock.machine(), leaseMs: CLAIM_MS })
  if (claim) return claim
  await refuseDecided(db, key)
  refuseClaimed(await findClaim(db, key, clock.machine()), claimant.actorKey)
  // It ran out, or was given up, a moment ago.
  throw new Problem('application.claimed')
}

/** @throws Problem `application.unknown` */
export async function releaseClaim(review: Review, key: ApplicationKey, { actorKey }: Claimant): Promise<Claim | null> {
  await getApplication(review.db, key)
  await deleteClaim(review.db, { ...key, actorKey })
  return await findClaim(review.db, key, review.clock.machine())
}

/**
 * Claim an application whoever has claimed it. The trail tells.
 *
 * @throws Problem `application.unknown`, `application.closed`, `decision.scheduled`
 */
export async function takeOverClaim(
  { db, clock }: Review,
  key: ApplicationKey,
  { actorKey, actor }: Claimant,
): Promise<Claim> {
  return await changeAccount(db, key.accountId, async (account) => {
    await refuseDecided(account.trx, key)
    const now = clock.machine()
    const before = await findClaim(account.trx, key, now)
    const claim = await saveClaim(account.trx, { ...key, actorKey, name: actor, now, leaseMs: CLAIM_MS }, true)
    if (!claim) throw new Problem('application.unknown')
    if (before && before.actorKey !== actorKey) {
      const { applicationNo } = key
      const detail = { from: before.name }
      account.append({ at: clock.now(key.accountId), actor, action: 'application.take_over', applicationNo, detail })
    }
    return claim
  }).catch((error: unknown) => {
    throw error instanceof NoSuchAccount ? new Problem('application.unknown') : error
  })
}

const named = ({ actorKey, actor: name }: Claimant) => ({ actorKey, name })

async function refuseDecided(db: Kysely<Schema>, key: ApplicationKey): Promise<void> {
  const application = await getApplication(db, key)
  assertOpen(application)
  if (application.stage === 'scheduled') refuseScheduled(await findScheduledDecision(db, key))
}
