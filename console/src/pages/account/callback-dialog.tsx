import { ApiProblem } from '@shenpi/sdk/client'
import type { ApiAccount } from '@shenpi/sdk/contract/api'
import { CALLBACK_FORMATS, CALLBACK_MODES } from '@shenpi/sdk/contract/states'
import { useState } from 'react'
import { setCallback } from '../../data/accounts.ts'
import { useDraft } from '../../data/drafts.ts'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { useExplain } from '../../parts/explain.ts'
import { Form } from '../../parts/form.tsx'
import { notify } from '../../parts/notice.ts'
import { Segments } from '../../parts/segments.tsx'
import { TextField } from '../../parts/text-field.tsx'
import type { Faults } from '../../parts/use-faults.ts'
import { useText } from '../../text/use-text.ts'
import css from './account-page.module.css'

/** Where and how an account is called back. Token and key are typed anew: the server tells neither. */
export function CallbackDialog({
  account: { appid, callback },
  onClose,
}: {
  account: ApiAccount
  onClose: () => void
}) {
  const { accounts, actions } = useText()
  const text = accounts.callback
  const explain = useExplain()
  const { url = '', mode = 'plain', format = 'xml' } = callback ?? {}
  const [draft, change, forget] = useDraft(`callback.${appid}`, { url, mode, format })
  const [token, setToken] = useState('')
  const [aesKey, setAesKey] = useState('')
  const [faults, setFaults] = useState<Faults>({})
  const [isSending, setSending] = useState(false)
  const send = async () => {
    const found: Faults = {}
    if (!/^https?:\/\/\S+$/.test(draft.url.trim())) found.url = text.urlFault
    if (!/^[A-Za-z0-9]{3,32}$/.test(token)) found.token = text.tokenFault
    if (!(draft.mode === 'plain' ? /^([A-Za-z0-9]{43})?$/ : /^[A-Za-z0-9]{43}$/).test(aesKey))
      found.aesKey = text.aesKeyFault
    setFaults(found)
    if (Object.keys(found).length > 0) return
    setSending(true)
    try {
      await setCallback(appid, { ...draft, url: draft.url.trim(), token, encoding_aes_key: aesKey })
      forget()
      notify({ text: text.saved })
      onClose()
    } catch (error) {
      // What the receiver answered is for whoever mends it.
      const detail = error instanceof ApiProblem && error.code === 'callback.unverified' ? ` ${error.message}` : ''
      setFaults({ url: `${explain(error)}${detail}` })
      setSending(false)
    }
  }
  return (
    <Dialog title={text.title} onClose={onClose} shortcuts={{ sendDecision: () => void send() }}>
      <Form className={css.dialog} faults={faults} send={() => void send()}>
        <TextField
          label={text.url}
          hint={text.urlHint}
          maxLength={2048}
          value={draft.url}
          onChange={(url) => change({ url })}
          fault={faults.url}
          focused
        />
        <TextField
          label={text.token}
          hint={text.tokenHint}
          autoComplete="off"
          maxLength={32}
          value={token}
          onChange={setToken}
          fault={faults.token}
        />
        <div className={css.choice}>
          <span>{text.mode}</span>
          <Segments
            label={text.mode}
            value={draft.mode}
            options={CALLBACK_MODES.map((value) => ({ value, label: text.modes[value] }))}
            onChange={(mode) => change({ mode })}
          />
        </div>
        <div className={css.choice}>
          <span>{text.format}</span>
          <Segments
            label={text.format}
            value={draft.format}
            options={CALLBACK_FORMATS.map((value) => ({ value, label: value.toUpperCase() }))}
            onChange={(format) => change({ format })}
          />
        </div>
        <TextField
          label={text.aesKey}
          hint={text.aesKeyHint}
          autoComplete="off"
          maxLength={43}
          value={aesKey}
          onChange={setAesKey}
          fault={faults.aesKey}
        />
        <div className={css.ends}>
          <Button onClick={onClose}>{actions.cancel}</Button>
          <Button type="submit" look="primary" disabled={isSending}>
            {actions.save}
          </Button>
        </div>
      </Form>
    </Dialog>
  )
}
