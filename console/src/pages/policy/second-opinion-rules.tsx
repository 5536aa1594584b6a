import type { ApiPolicy } from '@shenpi/sdk/contract/api'
import { KIND_NAMES, type KindName } from '@shenpi/sdk/contract/states'
import { Button, IconButton } from '../../parts/button.tsx'
import { SelectField } from '../../parts/select-field.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { useFieldLabel } from '../../text/use-field-label.ts'
import { useText } from '../../text/use-text.ts'
import css from './rules.module.css'
import { usePolicyText } from './use-policy-text.ts'

type Rule = ApiPolicy['second_opinion'][number]

/** The numbers of a kind that a rule can look at. */
const NUMBERS: { readonly [Kind in KindName]?: string } = { device_batch: 'quantity', device_quota: 'quantity' }

interface SecondOpinionRulesProps {
  rules: readonly Rule[]
  onChange: (rules: Rule[]) => void
}

export function SecondOpinionRules({ rules, onChange }: SecondOpinionRulesProps) {
  const text = usePolicyText().rule
  const { states, actions } = useText()
  const set = (at: number, rule: Rule) => onChange(rules.with(at, rule))
  const kinds = KIND_NAMES.map((value) => ({ value, label: states.kinds[value] }))
  return (
    <div className={css.rules}>
      {rules.map((rule, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a rule is known by its place alone
        <div key={at} className={css.rule}>
          <SelectField label={text.kind} value={rule.kind} options={kinds} onChange={(kind) => set(at, { kind })} />
          <Condition rule={rule} onChange={(changed) => set(at, changed)} />
          <span />
          <IconButton icon="close" label={actions.remove} onClick={() => onChange(rules.toSpliced(at, 1))} />
        </div>
      ))}
      <Button icon="plus" onClick={() => onChange([...rules, { kind: 'device_batch' }])}>
        {text.add}
      </Button>
    </div>
  )
}

/** Above which number it holds; empty: always. */
function Condition({ rule, onChange }: { rule: Rule; onChange: (rule: Rule) => void }) {
  const text = usePolicyText().rule
  const labelOf = useFieldLabel()
  const field = NUMBERS[rule.kind]
  if (!field) return <span />
  const type = (typed: string) => {
    const digits = typed.replace(/\D/g, '').slice(0, 9)
    onChange(digits === '' ? { kind: rule.kind } : { kind: rule.kind, field, above: Number(digits) })
  }
  return (
    <TextField
      label={`${text.above} (${labelOf(field)})`}
      value={rule.above === undefined ? '' : String(rule.above)}
      inputMode="numeric"
      onChange={type}
    />
  )
}
