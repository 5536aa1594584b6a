import { useState } from 'react'
import { applyForQuota } from '../../data/devices.ts'
import { useDraft } from '../../data/drafts.ts'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { useExplain } from '../../parts/explain.ts'
import { notify } from '../../parts/notice.ts'
import { TextField } from '../../parts/text-field.tsx'
import { useText } from '../../text/use-text.ts'
import css from './quota-meter.module.css'

interface Faults {
  quantity?: string
  purpose?: string
}

/** Apply for a higher ceiling, for a merchant who asked by other ways. */
export function QuotaDialog({ appid, onClose }: { appid: string; onClose: () => void }) {
  const { accounts, actions } = useText()
  const text = accounts.quota
  const explain = useExplain()
  const [draft, change, forget] = useDraft(`quota.${appid}`, { quantity: '', purpose: '' })
  const [faults, setFaults] = useState<Faults>({})
  const send = async () => {
    const found: Faults = {}
    if (!/^[1-9]\d{0,8}$/.test(draft.quantity.trim())) found.quantity = text.quantityFault
    if (draft.purpose.trim() === '') found.purpose = text.purposeFault
    setFaults(found)
    if (found.quantity || found.purpose) return
    try {
      const id = await applyForQuota(appid, { quantity: Number(draft.quantity), purpose: draft.purpose.trim() })
      forget()
      notify({ text: text.sent(id) })
      onClose()
    } catch (error) {
      setFaults({ quantity: explain(error) })
    }
  }
  return (
    <Dialog title={text.apply} width="small" onClose={onClose} shortcuts={{ sendDecision: () => void send() }}>
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault()
          void send()
        }}
      >
        <TextField
          label={text.quantity}
          inputMode="numeric"
          maxLength={10}
          value={draft.quantity}
          onChange={(quantity) => change({ quantity })}
          fault={faults.quantity}
          focused
        />
        <TextField
          label={text.purpose}
          hint={text.purposeHint}
          maxLength={200}
          value={draft.purpose}
          onChange={(purpose) => change({ purpose })}
          fault={faults.purpose}
        />
        <div className={css.actions}>
          <Button onClick={onClose}>{actions.cancel}</Button>
          <Button type="submit" look="primary">
            {text.send}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
