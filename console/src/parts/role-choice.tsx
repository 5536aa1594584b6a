import { ROLES, type Role } from '@shenpi/sdk/contract/states'
import { useText } from '../text/use-text.ts'
import css from './role-choice.module.css'

interface RoleChoiceProps {
  label: string
  chosen: readonly Role[]
  /** Those that can be chosen. Default: every one. */
  offered?: readonly Role[]
  hints: Readonly<Record<Role, string>>
  onChange: (roles: Role[]) => void
}

/** Some of the roles, each with what it is there for. */
export function RoleChoice({ label, chosen, offered = ROLES, hints, onChange }: RoleChoiceProps) {
  const { staff } = useText()
  const toggle = (role: Role) => onChange(ROLES.filter((each) => (each === role) !== chosen.includes(each)))
  return (
    <fieldset className={css.roles}>
      <legend className={css.legend}>{label}</legend>
      {offered.map((role) => (
        <label key={role} className={css.role}>
          <input type="checkbox" className={css.box} checked={chosen.includes(role)} onChange={() => toggle(role)} />
          <span>
            {staff.roles[role]}
            <span className={css.hint}>{hints[role]}</span>
          </span>
        </label>
      ))}
    </fieldset>
  )
}
