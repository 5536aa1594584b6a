import { Radio } from '@base-ui/react/radio'
import { RadioGroup } from '@base-ui/react/radio-group'
import type { ReactNode } from 'react'
import css from './segments.module.css'

interface SegmentsProps<Value extends string> {
  label: string
  value: Value
  options: readonly { value: Value; label: ReactNode; count?: number }[]
  onChange: (value: Value) => void
}

/** One of a few, all of them in sight. */
export function Segments<Value extends string>({ label, value, options, onChange }: SegmentsProps<Value>) {
  return (
    <RadioGroup value={value} onValueChange={onChange} aria-label={label} className={css.group}>
      {options.map((option) => (
        // biome-ignore lint/a11y/noLabelWithoutControl: the radio inside is its control
        <label key={option.value} className={css.segment}>
          <Radio.Root value={option.value} className={css.radio} />
          <span>{option.label}</span>
          {option.count !== undefined && <span className={css.count}>{option.count}</span>}
        </label>
      ))}
    </RadioGroup>
  )
}
