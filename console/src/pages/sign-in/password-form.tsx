import { useState } from 'react'
import { bareClient } from '../../data/client.ts'
import { takeStep } from '../../data/sign-in.ts'
import { Button } from '../../parts/button.tsx'
import { Form } from '../../parts/form.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { useFaults } from '../../parts/use-faults.ts'
import { useText } from '../../text/use-text.ts'
import css from './sign-in.module.css'

interface PasswordFormProps {
  /** Who it is, where that is known. */
  name: string
  onName: (name: string) => void
  onChallenge: (challenge?: string) => void
}

export function PasswordForm({ name, onName, onChallenge }: PasswordFormProps) {
  const { signIn: text } = useText()
  const { faults, setFaults, refuse } = useFaults()
  const [isKnown] = useState(name !== '')
  const [password, setPassword] = useState('')
  const [isSent, setSent] = useState(false)
  const send = async () => {
    setFaults({})
    setSent(true)
    try {
      onChallenge(takeStep(await bareClient.signInWithPassword({ body: { name: name.trim(), password } })))
    } catch (error) {
      refuse(error)
    } finally {
      setSent(false)
    }
  }
  const check = () => {
    if (name.trim() === '') setFaults({ name: text.bothNeeded })
    else if (password === '') setFaults({ form: text.bothNeeded })
    else void send()
  }
  return (
    <Form className={css.form} faults={faults} send={check}>
      <TextField
        label={text.name}
        value={name}
        onChange={onName}
        autoComplete="username"
        focused={!isKnown}
        fault={faults.name}
      />
      <TextField
        label={text.password}
        type="password"
        value={password}
        onChange={setPassword}
        autoComplete="current-password"
        focused={isKnown}
        fault={faults.form}
      />
      <Button type="submit" look="primary" disabled={isSent}>
        {text.signIn}
      </Button>
    </Form>
  )
}
