import type { Kysely } from 'kysely'
import type { Schema } from '../db/schema.ts'
import { listPolicyVersions } from './policy.store.ts'
import { type Policy, type PolicyName, type PolicyVersion, policyNames } from './policy.ts'

/** Versions that are looked through for what changed a setting last: they are made by people. */
const LOOKED_THROUGH_MAX = 200
const PAGE = 20

/** A version with what it changed, as it was before. */
export interface PolicyChange extends PolicyVersion {
  before: Partial<Policy>
}

/** The newest first. @param before the version that the list goes on behind */
export async function listPolicyChanges(
  db: Kysely<Schema>,
  first: Policy,
  limit: number,
  before?: number,
): Promise<PolicyChange[]> {
  // One more, which tells what was before the last of them.
  const versions = await listPolicyVersions(db, limit + 1, before)
  return versions.slice(0, limit).map((version, index) => withBefore(version, versions[index + 1], first))
}

/** @param older the version before; none: it is the first */
export function withBefore(version: PolicyVersion, older: PolicyVersion | undefined, first: Policy): PolicyChange {
  const before = { ...first, ...older?.settings }
  const changed = policyNames(version.settings).filter((name) => !isSame(version.settings[name], before[name]))
  return { ...version, before: Object.fromEntries(changed.map((name) => [name, before[name]])) }
}

/** Which version changed each setting last that is not as the environment gives it, as far as the newest versions tell. */
export async function findOrigins(db: Kysely<Schema>, first: Policy): Promise<Map<PolicyName, PolicyVersion>> {
  const origins = new Map<PolicyName, PolicyVersion>()
  let sought: number | undefined
  for (let looked = 0, goesOn = true; goesOn && looked < LOOKED_THROUGH_MAX; looked += PAGE) {
    const page = await listPolicyChanges(db, first, PAGE, sought)
    for (const version of page) {
      for (const name of policyNames(version.before)) if (!origins.has(name)) origins.set(name, version)
    }
    sought = page.at(-1)?.version
    goesOn = page.length === PAGE
  }
  return origins
}

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)
