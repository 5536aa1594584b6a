import { useState } from 'react'
import { client } from '../../data/client.ts'
import { Button } from '../../parts/button.tsx'
import { CopyButton } from '../../parts/copy-button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { useText } from '../../text/use-text.ts'
import { QrCode } from './qr-code.tsx'
import css from './settings-page.module.css'
import { useRecently } from './use-recently.ts'

interface TotpDialogProps {
  begun: { challenge: string; secret: string; uri: string }
  onDone: (recoveryCodes: string[]) => void
  onClose: () => void
}

/** The secret goes into the app; its first code proves that it is there. */
export function TotpDialog({ begun, onDone, onClose }: TotpDialogProps) {
  const { settings: text, signIn, actions } = useText()
  const [code, setCode] = useState('')
  const { attempt, fault } = useRecently()
  const send = () =>
    attempt(async () => {
      const { recovery_codes } = await client.confirmTotp({ body: { challenge: begun.challenge, code: code.trim() } })
      onDone(recovery_codes)
    })
  return (
    <Dialog title={text.totp} width="small" onClose={onClose}>
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault()
          void send()
        }}
      >
        <p>{text.totpSteps}</p>
        <QrCode text={begun.uri} label={text.qr} />
        <p className={css.secret}>
          {begun.secret} <CopyButton text={begun.secret} label={actions.copy} />
        </p>
        <a href={begun.uri}>{text.openApp}</a>
        <TextField
          label={signIn.code}
          hint={signIn.codeHint}
          value={code}
          onChange={setCode}
          inputMode="numeric"
          autoComplete="one-time-code"
          focused
          fault={fault}
        />
        <div className={css.actions}>
          <Button onClick={onClose}>{actions.cancel}</Button>
          <Button type="submit" look="primary" disabled={!/^\d{6}$/.test(code.trim())}>
            {text.confirm}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
