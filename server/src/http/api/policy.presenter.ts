import type {
  ApiCalendar,
  ApiCalendarYear,
  ApiPolicy,
  ApiPolicyOrigin,
  ApiPolicyVersion,
} from '@shenpi/sdk/contract/api'
import { POLICY_SETTINGS } from '@shenpi/sdk/contract/states'
import { POLICY_NAMES, type Policy, type PolicyName, type PolicyVersion } from '../../policy/policy.ts'
import type { PolicyChange } from '../../policy/policy-changes.ts'
import { chinaMonth, chinaYear } from '../../time/china-time.ts'
import { type Calendar, datesOfYear } from '../../time/working-days.ts'

/** Settings of the policy in the contract's words: those that there are. */
export function toSettings(policy: Partial<Policy>): Partial<ApiPolicy> {
  const { undoMs, secondOpinion, samples } = policy
  return {
    ...(undoMs !== undefined && { undo_seconds: undoMs / 1000 }),
    ...(secondOpinion && { second_opinion: secondOpinion.map(({ kind, when }) => ({ kind, ...when })) }),
    ...(samples && { samples: samples.map((rule) => ({ ...rule })) }),
    ...(policy.quickReviewMax !== undefined && { quick_review_max: policy.quickReviewMax }),
    ...(policy.deviceCeiling !== undefined && { device_ceiling: policy.deviceCeiling }),
    ...(policy.activeDevicesMin !== undefined && { active_devices_min: policy.activeDevicesMin }),
    ...(policy.reviewWorkingDays !== undefined && { review_working_days: policy.reviewWorkingDays }),
  }
}

export function toPolicy(policy: Policy): ApiPolicy {
  return {
    undo_seconds: policy.undoMs / 1000,
    second_opinion: policy.secondOpinion.map(({ kind, when }) => ({ kind, ...when })),
    samples: policy.samples.map((rule) => ({ ...rule })),
    quick_review_max: policy.quickReviewMax,
    device_ceiling: policy.deviceCeiling,
    active_devices_min: policy.activeDevicesMin,
    review_working_days: policy.reviewWorkingDays,
  }
}

/** What the contract's words change. */
export function fromSettings(settings: Partial<ApiPolicy>): Partial<Policy> {
  const { undo_seconds: undo, second_opinion: rules, samples } = settings
  return {
    ...(undo !== undefined && { undoMs: undo * 1000 }),
    ...(rules && { secondOpinion: rules.map(toRule) }),
    ...(samples && { samples }),
    ...(settings.quick_review_max !== undefined && { quickReviewMax: settings.quick_review_max }),
    ...(settings.device_ceiling !== undefined && { deviceCeiling: settings.device_ceiling }),
    ...(settings.active_devices_min !== undefined && { activeDevicesMin: settings.active_devices_min }),
    ...(settings.review_working_days !== undefined && { reviewWorkingDays: settings.review_working_days }),
  }
}

const toRule = ({ kind, field, above }: ApiPolicy['second_opinion'][number]) =>
  field !== undefined && above !== undefined ? { kind, when: { field, above } } : { kind }

const whoAndWhy = ({ version, at, actor, reason }: PolicyVersion) => ({
  version,
  changed_at: at.toISOString(),
  changed_by: actor,
  reason,
})

export const toVersion = (change: PolicyChange): ApiPolicyVersion => ({
  ...whoAndWhy(change),
  settings: toSettings(change.settings),
  before: toSettings(change.before),
})

/** Of the settings that the environment does not hold fast. */
export function toOrigins(
  origins: ReadonlyMap<PolicyName, PolicyVersion>,
  pinned: readonly PolicyName[],
): ApiPolicyOrigin[] {
  return POLICY_SETTINGS.flatMap((setting) => {
    const name = POLICY_NAMES[setting]
    const origin = pinned.includes(name) ? undefined : origins.get(name)
    return origin ? [{ setting, ...whoAndWhy(origin) }] : []
  })
}

/** The dates of a year, wherever they were learnt. */
export function toCalendarYear(calendar: Calendar, year: number, loadedAt: Date | undefined): ApiCalendarYear {
  return {
    year,
    source: loadedAt ? 'loaded' : calendar.years.has(year) ? 'built_in' : 'unknown',
    loaded_at: loadedAt?.toISOString() ?? null,
    holidays: datesOfYear(calendar.holidays, year),
    workdays: datesOfYear(calendar.workdays, year),
  }
}

/** @param loaded the years that staff loaded */
export function toCalendar(calendar: Calendar, loaded: readonly number[], now: Date): ApiCalendar {
  const isLate = Number(chinaMonth(now).slice(5)) >= 11
  const year = chinaYear(now)
  const missing = [year, ...(isLate ? [year + 1] : [])].find((each) => !calendar.years.has(each))
  return { years: [...calendar.years].toSorted(), loaded: [...loaded], missing: missing ?? null }
}
