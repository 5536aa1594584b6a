import type { Role } from '@shenpi/sdk/contract/states'
import { useState } from 'react'
import { invite } from '../../data/staff.ts'
import { FormDialog } from '../../parts/form-dialog.tsx'
import { RoleChoice } from '../../parts/role-choice.tsx'
import { TextField } from '../../parts/text-field.tsx'
import type { ShownLink } from './members.tsx'
import { useMembersText } from './use-members-text.ts'

interface InviteDialogProps {
  onInvited: (link: ShownLink) => void
  onClose: () => void
}

export function InviteDialog({ onInvited, onClose }: InviteDialogProps) {
  const text = useMembersText()
  const [name, setName] = useState('')
  const [roles, setRoles] = useState<Role[]>(['reviewer'])
  return (
    <FormDialog
      title={text.inviteTitle}
      verb={text.create}
      isReady={name.trim() !== '' && roles.length > 0}
      send={async () => onInvited(await invite(name.trim(), roles))}
      at={{ 'staff.name_taken': 'name', 'staff.name_required': 'name', 'request.malformed': 'name' }}
      onClose={onClose}
    >
      {(faults) => (
        <>
          <TextField
            label={text.name}
            hint={text.nameHint}
            value={name}
            onChange={setName}
            maxLength={64}
            focused
            fault={faults.name}
          />
          <RoleChoice label={text.roles} chosen={roles} hints={text.roleHints} onChange={setRoles} />
        </>
      )}
    </FormDialog>
  )
}
