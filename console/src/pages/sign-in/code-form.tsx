import { useState } from 'react'
import { bareClient } from '../../data/client.ts'
import { takeStep } from '../../data/sign-in.ts'
import { Button } from '../../parts/button.tsx'
import { Form } from '../../parts/form.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { useFaults } from '../../parts/use-faults.ts'
import { useText } from '../../text/use-text.ts'
import css from './sign-in.module.css'

const TOTP = /^\d{6}$/

/** After the password: the code of an authenticator app, or one of the recovery codes. */
export function CodeForm({ challenge, onBack }: { challenge: string; onBack: () => void }) {
  const { signIn: text, actions } = useText()
  const { faults, setFaults, refuse } = useFaults()
  const [isRecovery, setRecovery] = useState(false)
  const [code, setCode] = useState('')
  const typed = code.replaceAll(/\s/g, '')
  const send = async () => {
    setFaults({})
    try {
      const call = isRecovery ? bareClient.signInWithRecoveryCode : bareClient.signInWithTotp
      takeStep(await call({ body: { challenge, code: typed } }))
    } catch (error) {
      refuse(error)
    }
  }
  const check = () => {
    if (isRecovery ? typed === '' : !TOTP.test(typed)) setFaults({ form: text.codeShape })
    else void send()
  }
  return (
    <Form className={css.form} faults={faults} send={check}>
      <TextField
        key={String(isRecovery)}
        label={isRecovery ? text.recoveryCode : text.code}
        hint={isRecovery ? text.recoveryHint : text.codeHint}
        value={code}
        onChange={setCode}
        inputMode={isRecovery ? undefined : 'numeric'}
        autoComplete="one-time-code"
        focused
        fault={faults.form}
      />
      <Button type="submit" look="primary">
        {text.signIn}
      </Button>
      <Button look="quiet" onClick={() => setRecovery(!isRecovery)}>
        {isRecovery ? text.useApp : text.useRecovery}
      </Button>
      <Button look="quiet" onClick={onBack}>
        {actions.back}
      </Button>
    </Form>
  )
}
