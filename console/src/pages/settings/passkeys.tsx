import { useQuery } from '@tanstack/react-query'
import { passkeysQuery } from '../../data/own-account.ts'
import { addPasskey, removePasskey } from '../../data/passkeys.ts'
import { Button } from '../../parts/button.tsx'
import { SettingsRow } from '../../parts/settings-card.tsx'
import { useFailureNotice } from '../../parts/use-failure-notice.ts'
import { useDates } from '../../text/use-dates.ts'
import { useText } from '../../text/use-text.ts'

export function Passkeys() {
  const { settings: text, actions } = useText()
  const dates = useDates()
  const { data } = useQuery(passkeysQuery)
  const tell = useFailureNotice()
  const label = text.passkeyLabel((data?.items.length ?? 0) + 1)
  return (
    <>
      <SettingsRow title={text.passkeys} hint={text.passkeysHint}>
        <Button onClick={() => void addPasskey(label).catch(tell)}>{text.addPasskey}</Button>
      </SettingsRow>
      {data?.items.map((passkey) => (
        <SettingsRow
          key={passkey.id}
          title={passkey.label}
          hint={passkey.last_used_at ? text.lastUsed(dates.short(passkey.last_used_at)) : text.neverUsed}
        >
          <Button look="quiet" onClick={() => void removePasskey(passkey.id).catch(tell)}>
            {actions.remove}
          </Button>
        </SettingsRow>
      ))}
    </>
  )
}
