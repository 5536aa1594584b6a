import { useId } from 'react'
import css from './text-field.module.css'

interface TextAreaProps {
  label: string
  value: string
  onChange: (value: string) => void
  hint?: string
  /** What is wrong with it, said at the field. */
  fault?: string
  rows?: number
  readOnly?: boolean
  maxLength?: number
}

/** A text of several lines. */
export function TextArea({ label, value, onChange, hint, fault, ...rest }: TextAreaProps) {
  const id = useId()
  return (
    <div className={css.field}>
      <label htmlFor={id} className={css.label}>
        {label}
      </label>
      <textarea
        id={id}
        className={`${css.input} ${css.area}`}
        value={value}
        aria-invalid={fault !== undefined}
        aria-describedby={`${id}-hint ${id}-fault`}
        onChange={({ target }) => onChange(target.value)}
        {...rest}
      />
      <p id={`${id}-hint`} className={css.hint}>
        {hint}
      </p>
      <p id={`${id}-fault`} role="alert" className={css.fault}>
        {fault}
      </p>
    </div>
  )
}
