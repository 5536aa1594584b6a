import type { ApiPolicy } from '@shenpi/sdk/contract/api'
import { KIND_NAMES } from '@shenpi/sdk/contract/states'
import { Button, IconButton } from '../../parts/button.tsx'
import { SelectField } from '../../parts/select-field.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { useText } from '../../text/use-text.ts'
import css from './rules.module.css'
import { usePolicyText } from './use-policy-text.ts'

type Rule = ApiPolicy['samples'][number]

const ALL = 'all'

interface SampleRulesProps {
  rules: readonly Rule[]
  onChange: (rules: Rule[]) => void
}

export function SampleRules({ rules, onChange }: SampleRulesProps) {
  const text = usePolicyText().rule
  const { states, actions } = useText()
  const kinds = [
    { value: ALL, label: text.allKinds } as const,
    ...KIND_NAMES.map((value) => ({ value, label: states.kinds[value] })),
  ]
  const set = (at: number, { kind, reviewer, percent }: Rule) =>
    onChange(rules.with(at, { ...(kind && { kind }), ...(reviewer && { reviewer }), percent }))
  return (
    <div className={css.rules}>
      {rules.map((rule, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a rule is known by its place alone
        <div key={at} className={css.rule}>
          <SelectField
            label={text.kind}
            value={rule.kind ?? ALL}
            options={kinds}
            onChange={(kind) => set(at, { ...rule, kind: kind === ALL ? undefined : kind })}
          />
          <TextField
            label={text.reviewer}
            value={rule.reviewer ?? ''}
            maxLength={64}
            onChange={(reviewer) => set(at, { ...rule, reviewer })}
          />
          <TextField
            label={text.percent}
            value={String(rule.percent)}
            inputMode="numeric"
            onChange={(typed) => set(at, { ...rule, percent: Math.min(100, Number(typed.replace(/\D/g, ''))) })}
          />
          <IconButton icon="close" label={actions.remove} onClick={() => onChange(rules.toSpliced(at, 1))} />
        </div>
      ))}
      <Button icon="plus" onClick={() => onChange([...rules, { percent: 5 }])}>
        {text.add}
      </Button>
    </div>
  )
}
