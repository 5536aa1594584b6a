import { ROLES, type Role } from '@shenpi/sdk/contract/states'
import { useId } from 'react'
import { useText } from '../text/use-text.ts'
import css from './role-choice.module.css'

interface RoleChoiceProps {
  label: string
  chosen: readonly Role[]
  /** Those that can be chosen. Default: every one. */
  offered?: readonly Role[]
  hints: Readonly<Record<Role, string>>
  fault?: string
  onChange: (roles: Role[]) => void
}

/** Some of the roles, each with what it is there for. */
export function RoleChoice({ label, chosen, offered = ROLES, hints, fault, onChange }: RoleChoiceProps) {
  const { staff } = useText()
  const id = useId()
  const toggle = (role: Role) => onChange(ROLES.filter((each) => (each === role) !== chosen.includes(each)))
  return (
    <fieldset className={css.roles} aria-describedby={id}>
      <legend className={css.legend}>{label}</legend>
      {offered.map((role) => (
        <label key={role} className={css.role}>
          <input
            type="checkbox"
            className={css.box}
            checked={chosen.includes(role)}
            aria-invalid={fault !== undefined}
            onChange={() => toggle(role)}
          />
          <span>
            {staff.roles[role]}
            <span className={css.hint}>{hints[role]}</span>
          </span>
        </label>
      ))}
      <p id={id} role="alert" className={css.fault}>
        {fault}
      </p>
    </fieldset>
  )
}
