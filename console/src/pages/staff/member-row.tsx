import type { ApiStaffMember } from '@shenpi/sdk/contract/api'
import { useQuery } from '@tanstack/react-query'
import { ownAccountQuery } from '../../data/own-account.ts'
import { IconButton } from '../../parts/button.tsx'
import { Icon } from '../../parts/icon.tsx'
import { Menu } from '../../parts/menu.tsx'
import { PlainText } from '../../parts/plain-text.tsx'
import { Tag } from '../../parts/tag.tsx'
import { useDates } from '../../text/use-dates.ts'
import { useText } from '../../text/use-text.ts'
import type { MemberMove } from './member-dialog.tsx'
import css from './staff-page.module.css'
import { useMembersText } from './use-members-text.ts'

interface MemberRowProps {
  member: ApiStaffMember
  onMove?: (move: MemberMove) => void
}

export function MemberRow({ member, onMove }: MemberRowProps) {
  const text = useMembersText()
  const { staff } = useText()
  const dates = useDates()
  const { data: own } = useQuery(ownAccountQuery)
  const isOwn = own?.name === member.name
  const isActive = member.state === 'active'
  const seen = member.last_sign_in_at ? text.lastSeen(dates.short(member.last_sign_in_at)) : text.never
  return (
    <div className={css.row} data-inactive={!isActive}>
      <div className={css.words}>
        <h3>
          <PlainText text={member.name} />
          {isOwn && <Tag>{text.you}</Tag>}
          {!isActive && <Tag>{text.deactivated}</Tag>}
        </h3>
        <p className={css.roles}>{member.roles.map((role) => staff.roles[role]).join(' · ')}</p>
        <p className={css.hint}>
          {[seen, useWays(member), ...(member.sessions > 0 ? [text.sessions(member.sessions)] : [])].join(' · ')}
        </p>
        {member.failed_sign_ins > 0 && member.last_failed_at && (
          <p className={css.failed}>
            <Icon name="overdue" />
            {text.failed(member.failed_sign_ins, dates.short(member.last_failed_at))}
          </p>
        )}
      </div>
      {onMove && <MemberMenu member={member} isOwn={isOwn} onMove={onMove} />}
    </div>
  )
}

function useWays({ has_password, has_totp, passkeys, has_oidc }: ApiStaffMember): string {
  const text = useMembersText()
  const ways = [
    ...(has_password ? [text.ways.password] : []),
    ...(has_totp ? [text.ways.totp] : []),
    ...(passkeys > 0 ? [text.ways.passkeys(passkeys)] : []),
    ...(has_oidc ? [text.ways.oidc] : []),
  ]
  return ways.length > 0 ? ways.join(' + ') : text.noWay
}

function MemberMenu({ member, isOwn, onMove }: Required<MemberRowProps> & { isOwn: boolean }) {
  const text = useMembersText()
  const item = (move: MemberMove['move'], label: string) => ({ label, onClick: () => onMove({ move, member }) })
  const isActive = member.state === 'active'
  const items = isActive
    ? [
        item('roles', text.changeRoles),
        ...(member.sessions > 0 && !isOwn ? [item('endSessions', text.endSessions)] : []),
        ...(member.has_oidc || isOwn ? [] : [item('reset', text.reset)]),
        item('deactivate', text.deactivate),
      ]
    : [item('reactivate', text.reactivate)]
  return (
    <Menu
      label={text.actions(member.name)}
      trigger={<IconButton icon="more" label={text.actions(member.name)} />}
      sections={[{ items }]}
    />
  )
}
