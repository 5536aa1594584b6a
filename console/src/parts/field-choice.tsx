import { KIND_FIELDS } from '@shenpi/sdk/contract/kind-fields'
import type { KindName } from '@shenpi/sdk/contract/states'
import { useFieldLabel } from '../text/use-field-label.ts'
import css from './field-choice.module.css'

interface FieldChoiceProps {
  kind: KindName
  legend: string
  chosen: readonly string[]
  onChange: (fields: string[]) => void
}

/** The fields that a rejection is about. */
export function FieldChoice({ kind, legend, chosen, onChange }: FieldChoiceProps) {
  const labelOf = useFieldLabel()
  const fields = KIND_FIELDS[kind]
  if (fields.length === 0) return null
  const toggle = (name: string) =>
    onChange(chosen.includes(name) ? chosen.filter((each) => each !== name) : [...chosen, name])
  return (
    <fieldset className={css.fields}>
      <legend className={css.legend}>{legend}</legend>
      {fields.map(({ name }) => (
        <label key={name} className={css.field}>
          <input type="checkbox" className={css.box} checked={chosen.includes(name)} onChange={() => toggle(name)} />
          {labelOf(name)}
        </label>
      ))}
    </fieldset>
  )
}
