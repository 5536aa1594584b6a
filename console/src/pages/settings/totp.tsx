import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '../../data/client.ts'
import { ownAccountQuery, refreshOwn } from '../../data/own-account.ts'
import { Button } from '../../parts/button.tsx'
import { SettingsRow } from '../../parts/settings-card.tsx'
import { useFailureNotice } from '../../parts/use-failure-notice.ts'
import { useText } from '../../text/use-text.ts'
import { RecoveryCodes } from './recovery-codes.tsx'
import { TotpDialog } from './totp-dialog.tsx'

/** Codes of an authenticator app as the second step. */
export function Totp() {
  const { settings: text, actions } = useText()
  const { data: own } = useQuery(ownAccountQuery)
  const [begun, setBegun] = useState<Awaited<ReturnType<typeof client.beginTotp>>>()
  const [codes, setCodes] = useState<string[]>()
  const tell = useFailureNotice()
  const show = (drawn: string[]) => {
    setBegun(undefined)
    setCodes(drawn)
    void refreshOwn()
  }
  const renew = async () => show((await client.renewRecoveryCodes()).recovery_codes)
  const remove = () => client.removeTotp().then(refreshOwn)
  const begin = async () => setBegun(await client.beginTotp())
  return (
    <SettingsRow title={text.totp} hint={own?.has_totp ? text.totpOn(own.recovery_codes_left) : text.totpOff}>
      {own?.has_totp ? (
        <span>
          <Button look="quiet" onClick={() => void renew().catch(tell)}>
            {text.renewCodes}
          </Button>
          <Button onClick={() => void remove().catch(tell)}>{actions.remove}</Button>
        </span>
      ) : (
        <Button onClick={() => void begin().catch(tell)}>{text.setUp}</Button>
      )}
      {begun && <TotpDialog begun={begun} onDone={show} onClose={() => setBegun(undefined)} />}
      {codes && <RecoveryCodes codes={codes} onClose={() => setCodes(undefined)} />}
    </SettingsRow>
  )
}
