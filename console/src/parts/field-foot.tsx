import css from './text-field.module.css'

interface FieldFootProps {
  /** Of the field, which is described by both. */
  id: string
  hint: string | undefined
  /** What is wrong with what was typed, said at the field. */
  fault: string | undefined
}

/** What stands below a field. */
export function FieldFoot({ id, hint, fault }: FieldFootProps) {
  return (
    <>
      {hint && (
        <p id={`${id}-hint`} className={css.hint}>
          {hint}
        </p>
      )}
      <p id={`${id}-fault`} role="alert" className={css.fault}>
        {fault}
      </p>
    </>
  )
}
