import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { client, queryClient } from '../../data/client.ts'
import { ownAccountQuery } from '../../data/own-account.ts'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { notify } from '../../parts/notice.ts'
import { SettingsRow } from '../../parts/settings-card.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { useText } from '../../text/use-text.ts'
import css from './settings-page.module.css'
import { useRecently } from './use-recently.ts'

export function Password() {
  const { settings: text, signIn } = useText()
  const [isOpen, setOpen] = useState(false)
  return (
    <SettingsRow title={signIn.password} hint={text.passwordHint}>
      <Button onClick={() => setOpen(true)}>{text.change}</Button>
      {isOpen && <PasswordDialog onClose={() => setOpen(false)} />}
    </SettingsRow>
  )
}

function PasswordDialog({ onClose }: { onClose: () => void }) {
  const { settings: text, signIn, actions } = useText()
  const { data: own } = useQuery(ownAccountQuery)
  const [current, setCurrent] = useState('')
  const [password, setPassword] = useState('')
  const { attempt, fault } = useRecently()
  const send = () =>
    attempt(async () => {
      const body = { password, ...(own?.has_password && { current }) }
      queryClient.setQueryData(ownAccountQuery.queryKey, await client.changeOwnPassword({ body }))
      notify({ text: text.passwordChanged })
      onClose()
    })
  return (
    <Dialog title={text.changePassword} width="small" onClose={onClose}>
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault()
          void send()
        }}
      >
        {own?.has_password && (
          <TextField
            label={text.currentPassword}
            type="password"
            autoComplete="current-password"
            value={current}
            onChange={setCurrent}
            focused
          />
        )}
        <TextField
          label={text.newPassword}
          hint={signIn.passwordHint}
          type="password"
          autoComplete="new-password"
          value={password}
          onChange={setPassword}
          fault={fault}
          maxLength={200}
        />
        <div className={css.actions}>
          <Button onClick={onClose}>{actions.cancel}</Button>
          <Button type="submit" look="primary" disabled={password === ''}>
            {actions.save}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
