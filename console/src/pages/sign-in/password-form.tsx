import { useState } from 'react'
import { bareClient } from '../../data/client.ts'
import { takeStep } from '../../data/sign-in.ts'
import { Button } from '../../parts/button.tsx'
import { useExplain } from '../../parts/explain.ts'
import { TextField } from '../../parts/text-field.tsx'
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
  const explain = useExplain()
  const [name, setName] = useState(known)
  const [password, setPassword] = useState('')
  const [fault, setFault] = useState<string>()
  const [isSent, setSent] = useState(false)
  const send = async () => {
    setFault(undefined)
    setSent(true)
    try {
      onChallenge(takeStep(await bareClient.signInWithPassword({ body: { name: name.trim(), password } })))
    } catch (error) {
      setFault(explain(error))
    } finally {
      setSent(false)
    }
  }
  return (
    <form
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault()
        if (name.trim() === '' || password === '') setFault(text.bothNeeded)
        else void send()
      }}
    >
      <TextField label={text.name} value={name} onChange={setName} autoComplete="username" focused={known === ''} />
      <TextField
        label={text.password}
        type="password"
        value={password}
        onChange={setPassword}
        autoComplete="current-password"
        focused={known !== ''}
        fault={fault}
      />
      <Button type="submit" look="primary" disabled={isSent}>
        {text.signIn}
      </Button>
    </form>
  )
}
