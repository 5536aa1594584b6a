import { type HTMLInputAutoCompleteAttribute, useId } from 'react'
import { FieldFoot } from './field-foot.tsx'
import css from './text-field.module.css'

interface TextFieldProps {
  label: string
  value: string
  onChange: (value: string) => void
  hint?: string
  /** What is wrong with it, said at the field. */
  fault?: string
  type?: 'text' | 'password' | 'email' | 'number' | 'date' | 'datetime-local'
  inputMode?: 'numeric'
  autoComplete?: HTMLInputAutoCompleteAttribute
  /** It is where one types first. */
  focused?: boolean
  maxLength?: number
  readOnly?: boolean
}

export function TextField({ label, value, onChange, hint, fault, focused, ...rest }: TextFieldProps) {
  const id = useId()
  return (
    <div className={css.field}>
      <label htmlFor={id} className={css.label}>
        {label}
      </label>
      <input
        id={id}
        className={css.input}
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
