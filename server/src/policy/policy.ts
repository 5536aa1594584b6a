import type { PolicySetting } from '@shenpi/sdk/contract/states'
import type { ReviewPolicy } from '../applications/review-policy.ts'

/** What the operator decides. The environment gives the first values; staff change them in the console. */
export interface Policy extends ReviewPolicy {
  /** Device IDs that an account may have at first. Source: docs/protocol/shakearound.md, device/applyid, field `quantity`. */
  deviceCeiling: number
  /** The largest batch that is approved at once, in device IDs. Source: as above. */
  quickReviewMax: number
  /**
   * The share of its devices that an account must use before it gets more. Unit: percent; 0: none.
   * Source: as above, code 9001021.
   */
  activeDevicesMin: number
}

export type PolicyName = keyof Policy

const isPolicyName = (name: string): name is PolicyName => Object.values<string>(POLICY_NAMES).includes(name)

/** The settings that some settings name. */
export const policyNames = (settings: Partial<Policy>): PolicyName[] => Object.keys(settings).filter(isPolicyName)

/** Its settings, by their names in the contract and in the environment's POLICY_PINNED. */
export const POLICY_NAMES: Readonly<Record<PolicySetting, PolicyName>> = {
  undo_seconds: 'undoMs',
  second_opinion: 'secondOpinion',
  samples: 'samples',
  quick_review_max: 'quickReviewMax',
  device_ceiling: 'deviceCeiling',
  active_devices_min: 'activeDevicesMin',
  review_working_days: 'reviewWorkingDays',
}

/** A change of the policy, as it was made. What it does not name has its first value. */
export interface PolicyVersion {
  /** Counts up from 1; 0: nothing was ever changed. */
  version: number
  settings: Partial<Policy>
  at: Date
  actor: string
  /** Why it was changed. */
  reason: string
}

/** @param pinned what the environment holds fast, whatever was changed in the console */
export function policyIn(first: Policy, pinned: readonly PolicyName[], settings: Partial<Policy>): Policy {
  const policy = { ...first, ...settings }
  for (const name of pinned) Object.assign(policy, { [name]: first[name] })
  return policy
}
