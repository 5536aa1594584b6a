import type { ApiInvitation } from '@shenpi/sdk/contract/api'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { bareClient } from '../../data/client.ts'
import { usePreferences } from '../../data/preferences.ts'
import { takeStep } from '../../data/sign-in.ts'
import { Button } from '../../parts/button.tsx'
import { Form } from '../../parts/form.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { useFaults } from '../../parts/use-faults.ts'
import { useText } from '../../text/use-text.ts'
import css from './sign-in.module.css'

const PASSWORD_MIN = 12

export function AcceptForm({ token, invitation }: { token: string; invitation: ApiInvitation }) {
  const { signIn: text, staff } = useText()
  const { language } = usePreferences()
  const navigate = useNavigate()
  const [name, setName] = useState(invitation.name ?? '')
  const [password, setPassword] = useState('')
  const { faults, setFaults, refuse } = useFaults({
    ...{ 'staff.name_taken': 'name', 'staff.name_required': 'name', 'request.malformed': 'name' },
    'password.too_weak': 'password',
  })
  const send = async () => {
    try {
      const named = invitation.name === null ? { name: name.trim() } : {}
      takeStep(await bareClient.acceptInvitation({ body: { token, password, language, ...named } }))
      await navigate({ to: '/queue', search: {} })
    } catch (error) {
      refuse(error)
    }
  }
  const check = () => {
    const wrong = {
      ...(name.trim() === '' && { name: text.nameNeeded }),
      ...(password.length < PASSWORD_MIN && { password: text.passwordShort }),
    }
    setFaults(wrong)
    if (Object.keys(wrong).length === 0) void send()
  }
  return (
    <Form className={css.form} faults={faults} send={check}>
      <p className={css.hint}>{invitation.roles.map((role) => staff.roles[role]).join(' · ')}</p>
      {invitation.name === null ? (
        <TextField
          label={text.name}
          hint={text.nameHint}
          value={name}
          onChange={setName}
          autoComplete="username"
          focused
          fault={faults.name}
          maxLength={40}
        />
      ) : (
        <p>
          {text.name}: <strong>{invitation.name}</strong>
        </p>
      )}
      <TextField
        label={text.newPassword}
        hint={text.passwordHint}
        type="password"
        value={password}
        onChange={setPassword}
        autoComplete="new-password"
        focused={invitation.name !== null}
        fault={faults.password ?? faults.form}
        maxLength={200}
      />
      <Button type="submit" look="primary">
        {text.accept}
      </Button>
    </Form>
  )
}
