import { useQuery } from '@tanstack/react-query'
import { invitationsQuery, withdraw } from '../../data/staff.ts'
import { Button } from '../../parts/button.tsx'
import { SettingsCard, SettingsRow } from '../../parts/settings-card.tsx'
import { useFailureNotice } from '../../parts/use-failure-notice.ts'
import { useActorName } from '../../text/use-actor-name.ts'
import { useDates } from '../../text/use-dates.ts'
import { useText } from '../../text/use-text.ts'
import { useMembersText } from './use-members-text.ts'

/** One-time links that nobody has used yet. */
export function Invitations({ mayChange }: { mayChange: boolean }) {
  const text = useMembersText()
  const { staff } = useText()
  const dates = useDates()
  const nameOf = useActorName()
  const tell = useFailureNotice()
  const { data } = useQuery(invitationsQuery)
  if (!data || data.items.length === 0) return null
  return (
    <SettingsCard title={text.open}>
      {data.items.map(({ id, name, roles, invited_by, expires_at }) => (
        <SettingsRow
          key={id}
          title={name}
          hint={`${roles.map((role) => staff.roles[role]).join(' · ')} · ${text.expires(nameOf(invited_by), dates.short(expires_at))}`}
        >
          {mayChange && (
            <Button look="quiet" onClick={() => void withdraw(id).catch(tell)}>
              {text.withdraw}
            </Button>
          )}
        </SettingsRow>
      ))}
    </SettingsCard>
  )
}
