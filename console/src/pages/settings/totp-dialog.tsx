import { useState } from 'react'
import { client } from '../../data/client.ts'
import { CopyButton } from '../../parts/copy-button.tsx'
import { FormDialog } from '../../parts/form-dialog.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { useText } from '../../text/use-text.ts'
import { QrCode } from './qr-code.tsx'
import css from './settings-page.module.css'

interface TotpDialogProps {
  begun: { challenge: string; secret: string; uri: string }
  onDone: (recoveryCodes: string[]) => void
  onClose: () => void
}

/** The secret goes into the app; its first code proves that it is there. */
export function TotpDialog({ begun, onDone, onClose }: TotpDialogProps) {
  const { settings: text, signIn, actions } = useText()
  const [code, setCode] = useState('')
  const send = async () => {
    const { recovery_codes } = await client.confirmTotp({ body: { challenge: begun.challenge, code: code.trim() } })
    onDone(recovery_codes)
  }
  return (
    <FormDialog
      title={text.totp}
      verb={text.confirm}
      isReady={/^\d{6}$/.test(code.trim())}
      send={send}
      at={{ 'sign_in.code_wrong': 'code', 'sign_in.tries_exceeded': 'code' }}
      onClose={onClose}
    >
      {(faults) => (
        <>
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
            fault={faults.code}
          />
        </>
      )}
    </FormDialog>
  )
}
