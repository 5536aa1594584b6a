import type { Kysely } from 'kysely'
import { type Actor, actorName } from '../actors/actor.ts'
import type { Schema } from '../db/schema.ts'
import { changeInstallation } from '../journal/change-installation.ts'
import { Problem } from '../problem.ts'
import type { Clock } from '../time/clock.ts'
import type { LivePolicy } from './live-policy.ts'
import { findPolicyVersion, insertPolicyVersion } from './policy.store.ts'
import type { Policy } from './policy.ts'
import { type PolicyChange, withBefore } from './policy-changes.ts'

interface PolicyParts {
  db: Kysely<Schema>
  clock: Clock
  policy: LivePolicy
}

interface AskedChange {
  /** The version that the change was made of. */
  version: number
  settings: Partial<Policy>
  /** Why. */
  reason: string
  actor: Actor
}

/**
 * Change the policy, here at once, and within three seconds at every other server. What is decided from now on is decided
 * by it; due times of open applications follow within a minute, see `keepDueTimes`.
 *
 * @throws Problem `policy.changed`, `policy.pinned`
 */
export async function changePolicy(
  parts: PolicyParts,
  { version, settings, reason, actor }: AskedChange,
): Promise<PolicyChange> {
  const { db, clock, policy } = parts
  const pinned = policy.given.pinned.filter((name) => name in settings)
  if (pinned.length > 0) throw new Problem('policy.pinned', `${pinned.join(', ')}: set in the environment.`)
  const changed = await changeInstallation(db, async (installation) => {
    const before = await findPolicyVersion(installation.trx)
    const known = before?.version ?? 0
    if (known !== version) throw new Problem('policy.changed', `It is at version ${known}, by ${before?.actor}.`)
    const at = clock.installation()
    const by = actorName(actor)
    const after = { version: known + 1, settings: { ...before?.settings, ...settings }, at, actor: by, reason }
    await insertPolicyVersion(installation.trx, after)
    const from = Object.fromEntries(Object.keys(settings).map((name) => [name, Reflect.get(policy.current, name)]))
    const detail = { version: after.version, reason, from, to: settings }
    installation.append({ at, actor: by, action: 'policy.change', detail })
    return withBefore(after, before, policy.given.first)
  })
  await policy.refresh()
  return changed
}
