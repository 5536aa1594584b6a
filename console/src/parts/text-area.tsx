import { type ReactNode, useId } from 'react'
import { FieldFoot } from './field-foot.tsx'
import css from './text-field.module.css'

interface TextAreaProps {
  label: string
  value: string
  onChange: (value: string) => void
  hint?: string
  fault?: string
  /** Stands at its end, as how much of the room is used. */
  counter?: ReactNode
  rows?: number
  readOnly?: boolean
  maxLength?: number
  focused?: boolean
  lang?: string
}

export function TextArea({ label, value, onChange, hint, fault, counter, rows = 3, focused, ...rest }: TextAreaProps) {
  const id = useId()
  return (
    <div className={css.field}>
      <div className={css.head}>
        <label htmlFor={id} className={css.label}>
          {label}
        </label>
        {counter}
      </div>
      <textarea
        id={id}
        className={css.area}
        rows={rows}
        value={value}
        aria-invalid={fault !== undefined}
        aria-describedby={`${id}-hint ${id}-fault`}
        // biome-ignore lint/a11y/noAutofocus: a page or dialog that asks for this first
        autoFocus={focused}
        onChange={({ target }) => onChange(target.value)}
        {...rest}
      />
      <FieldFoot id={id} hint={hint} fault={fault} />
    </div>
  )
}
