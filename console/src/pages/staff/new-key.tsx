import type { Role } from '@shenpi/sdk/contract/states'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { createKey } from '../../data/keys.ts'
import { ownAccountQuery } from '../../data/own-account.ts'
import { Button } from '../../parts/button.tsx'
import { FormDialog } from '../../parts/form-dialog.tsx'
import { RoleChoice } from '../../parts/role-choice.tsx'
import { ShownOnce } from '../../parts/shown-once.tsx'
import { TextField } from '../../parts/text-field.tsx'
import css from './staff-page.module.css'
import { useMembersText } from './use-members-text.ts'

/** Make a key, which is shown this once. */
export function NewKey() {
  const text = useMembersText()
  const [isAsked, setAsked] = useState(false)
  const [made, setMade] = useState<{ name: string; key: string }>()
  return (
    <div className={css.add}>
      <Button icon="plus" onClick={() => setAsked(true)}>
        {text.newKey}
      </Button>
      {isAsked && <KeyDialog onMade={setMade} onClose={() => setAsked(false)} />}
      {made && (
        <ShownOnce
          title={text.keyTitle(made.name)}
          hint={text.keyHint}
          secret={made.key}
          done={text.keyDone}
          onClose={() => setMade(undefined)}
        />
      )}
    </div>
  )
}

interface KeyDialogProps {
  onMade: (made: { name: string; key: string }) => void
  onClose: () => void
}

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/

function KeyDialog({ onMade, onClose }: KeyDialogProps) {
  const text = useMembersText()
  const { data: own } = useQuery(ownAccountQuery)
  const [name, setName] = useState('')
  const [roles, setRoles] = useState<Role[]>([])
  const [endsOn, setEndsOn] = useState('')
  return (
    <FormDialog
      title={text.newKey}
      verb={text.newKey}
      isReady={NAME.test(name) && roles.length > 0}
      send={async () => onMade({ name, key: await createKey(name, roles, endsOn) })}
      at={{ 'key.name_taken': 'name', 'key.end_past': 'ends', 'key.role_not_own': 'roles' }}
      onClose={onClose}
    >
      {(faults) => (
        <>
          <TextField
            label={text.keyName}
            hint={text.keyNameHint}
            value={name}
            onChange={setName}
            maxLength={64}
            focused
            fault={name === '' || NAME.test(name) ? faults.name : text.keyNameFault}
          />
          <RoleChoice
            label={text.roles}
            chosen={roles}
            offered={own?.roles}
            hints={text.roleHints}
            onChange={setRoles}
            fault={faults.roles}
          />
          <TextField
            label={text.ends}
            hint={text.endsHint}
            type="date"
            value={endsOn}
            onChange={setEndsOn}
            fault={faults.ends}
          />
        </>
      )}
    </FormDialog>
  )
}
