import type { ApiStaffMember } from '@shenpi/sdk/contract/api'
import { useState } from 'react'
import { changeRoles, endSessions, reactivate, reset } from '../../data/staff.ts'
import { FormDialog } from '../../parts/form-dialog.tsx'
import { RoleChoice } from '../../parts/role-choice.tsx'
import { useText } from '../../text/use-text.ts'
import { DeactivateDialog } from './deactivate-dialog.tsx'
import type { ShownLink } from './members.tsx'
import { useMembersText } from './use-members-text.ts'

/** What is to be done about somebody, before it is confirmed. */
export interface MemberMove {
  move: 'roles' | 'endSessions' | 'reset' | 'deactivate' | 'reactivate'
  member: ApiStaffMember
}

interface MemberDialogProps {
  asked: MemberMove
  onReset: (link: ShownLink) => void
  onClose: () => void
}

/** Says what it does to them, and asks. */
export function MemberDialog({ asked: { move, member }, onReset, onClose }: MemberDialogProps) {
  const text = useMembersText()
  const { name } = member
  if (move === 'deactivate') return <DeactivateDialog name={name} onClose={onClose} />
  if (move === 'roles') return <RolesDialog member={member} onClose={onClose} />
  const asks = {
    endSessions: { title: text.endSessionsTitle, hint: text.sessionsEnd, verb: text.endSessions },
    reset: { title: text.resetTitle, hint: text.resetHint, verb: text.reset },
    reactivate: { title: text.reactivateTitle, hint: text.reactivateHint, verb: text.reactivate },
  }[move]
  const send = async () => {
    if (move === 'reset') onReset(await reset(name))
    else await { endSessions, reactivate }[move](name)
  }
  const look = move === 'reactivate' ? 'primary' : 'danger'
  return (
    <FormDialog title={asks.title(name)} verb={asks.verb} look={look} send={send} onClose={onClose}>
      <p>{asks.hint}</p>
    </FormDialog>
  )
}

function RolesDialog({ member, onClose }: { member: ApiStaffMember; onClose: () => void }) {
  const text = useMembersText()
  const { actions } = useText()
  const [roles, setRoles] = useState(member.roles)
  const isReady = roles.length > 0 && !member.has_oidc
  return (
    <FormDialog
      title={text.changeRolesTitle(member.name)}
      verb={actions.save}
      isReady={isReady}
      send={() => changeRoles(member.name, roles)}
      at={{ 'staff.last_operator': 'roles' }}
      onClose={onClose}
    >
      {(faults) => (
        <>
          <RoleChoice
            label={text.roles}
            chosen={roles}
            hints={text.roleHints}
            onChange={setRoles}
            fault={faults.roles}
          />
          <p>{member.has_oidc ? text.byProvider : text.sessionsEnd}</p>
        </>
      )}
    </FormDialog>
  )
}
