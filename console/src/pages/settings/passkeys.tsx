import { useQuery } from '@tanstack/react-query'
import { passkeysQuery } from '../../data/own-account.ts'
import { addPasskey, removePasskey } from '../../data/passkeys.ts'
import { Button } from '../../parts/button.tsx'
import { SettingsRow } from '../../parts/settings-card.tsx'
import { useDates } from '../../text/use-dates.ts'
import { useText } from '../../text/use-text.ts'
import { useRecently } from './use-recently.ts'

export function Passkeys() {
  const { settings: text, actions } = useText()
  const dates = useDates()
  const { data } = useQuery(passkeysQuery)
  const { attempt, fault } = useRecently()
  const label = text.passkeyLabel((data?.items.length ?? 0) + 1)
  return (
    <>
      <SettingsRow title={text.passkeys} hint={fault ?? text.passkeysHint}>
        <Button onClick={() => void attempt(() => addPasskey(label))}>{text.addPasskey}</Button>
      </SettingsRow>
      {data?.items.map((passkey) => (
        <SettingsRow
          key={passkey.id}
          title={passkey.label}
          hint={passkey.last_used_at ? text.lastUsed(dates.short(passkey.last_used_at)) : text.neverUsed}
        >
          <Button look="quiet" onClick={() => void attempt(() => removePasskey(passkey.id))}>
            {actions.remove}
          </Button>
        </SettingsRow>
      ))}
    </>
  )
}
