import { useState } from 'react'
import { bareClient } from '../../data/client.ts'
import { takeStep } from '../../data/sign-in.ts'
import { Button } from '../../parts/button.tsx'
import { Form } from '../../parts/form.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { useFaults } from '../../parts/use-faults.ts'
import { useText } from '../../text/use-text.ts'
import css from './sign-in.module.css'

export function PasswordForm({
  name: known = '',
  onChallenge,
}: {
  name?: string
  onChallenge: (challenge?: string) => void
}) {
  const { signIn: text } = useText()
  const { faults, setFaults, refuse } = useFaults()
  const [name, setName] = useState(known)
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
        onChange={setName}
        autoComplete="username"
        focused={known === ''}
        fault={faults.name}
      />
      <TextField
        label={text.password}
        type="password"
        value={password}
        onChange={setPassword}
        autoComplete="current-password"
        focused={known !== ''}
        fault={faults.form}
      />
      <Button type="submit" look="primary" disabled={isSent}>
        {text.signIn}
      </Button>
    </Form>
  )
}
