import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { client, queryClient } from '../../data/client.ts'
import { ownAccountQuery } from '../../data/own-account.ts'
import { Button } from '../../parts/button.tsx'
import { FormDialog } from '../../parts/form-dialog.tsx'
import { notify } from '../../parts/notice.ts'
import { SettingsRow } from '../../parts/settings-card.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { useText } from '../../text/use-text.ts'

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
  const send = async () => {
    const body = { password, ...(own?.has_password && { current }) }
    queryClient.setQueryData(ownAccountQuery.queryKey, await client.changeOwnPassword({ body }))
    notify({ text: text.passwordChanged })
  }
  return (
    <FormDialog
      title={text.changePassword}
      verb={actions.save}
      isReady={password !== '' && (current !== '' || !own?.has_password)}
      send={send}
      at={{ 'password.wrong': 'current', 'password.too_weak': 'password' }}
      onClose={onClose}
    >
      {(faults) => (
        <>
          {own?.has_password && (
            <TextField
              label={text.currentPassword}
              type="password"
              autoComplete="current-password"
              value={current}
              onChange={setCurrent}
              focused
              fault={faults.current}
            />
          )}
          <TextField
            label={text.newPassword}
            hint={signIn.passwordHint}
            type="password"
            autoComplete="new-password"
            value={password}
            onChange={setPassword}
            maxLength={200}
            focused={!own?.has_password}
            fault={faults.password}
          />
        </>
      )}
    </FormDialog>
  )
}
