import type { ApiPolicy } from '@shenpi/sdk/contract/api'
import type { PolicySetting } from '@shenpi/sdk/contract/states'
import { useFieldLabel } from '../../text/use-field-label.ts'
import { useText } from '../../text/use-text.ts'
import { usePolicyText } from './use-policy-text.ts'

/** A value of the policy in words, a rule a line. */
export function useSettingValue(): (setting: PolicySetting, policy: Partial<ApiPolicy>) => string[] {
  const text = usePolicyText()
  const { states } = useText()
  const labelOf = useFieldLabel()
  return (setting, policy) => {
    if (setting === 'second_opinion') {
      const rules = policy.second_opinion ?? []
      return rules.map(({ kind, field, above }) =>
        text.rule.opinion(states.kinds[kind], field === undefined ? undefined : labelOf(field), above),
      )
    }
    if (setting === 'samples') {
      return (policy.samples ?? []).map(({ kind, percent, reviewer }) =>
        text.rule.sample(kind ? states.kinds[kind] : text.rule.allKinds, percent, reviewer),
      )
    }
    return [`${policy[setting]?.toLocaleString('en')} ${text.settings[setting].unit}`.replace(' %', '%')]
  }
}
