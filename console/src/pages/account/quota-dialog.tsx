import { applyForQuota } from '../../data/devices.ts'
import { useDraft } from '../../data/drafts.ts'
import { FormDialog } from '../../parts/form-dialog.tsx'
import { notify } from '../../parts/notice.ts'
import { TextField } from '../../parts/text-field.tsx'
import { useText } from '../../text/use-text.ts'

/** Apply for a higher ceiling, for a merchant who asked by other ways. */
export function QuotaDialog({ appid, onClose }: { appid: string; onClose: () => void }) {
  const { quota: text } = useText().accounts
  const [draft, change, forget] = useDraft(`quota.${appid}`, { quantity: '', purpose: '' })
  const check = () => ({
    ...(!/^[1-9]\d{0,8}$/.test(draft.quantity.trim()) && { quantity: text.quantityFault }),
    ...(draft.purpose.trim() === '' && { purpose: text.purposeFault }),
  })
  const send = async () => {
    const id = await applyForQuota(appid, { quantity: Number(draft.quantity), purpose: draft.purpose.trim() })
    forget()
    notify({ text: text.sent(id) })
  }
  return (
    <FormDialog
      title={text.apply}
      verb={text.send}
      check={check}
      send={send}
      at={{ 'device_quota.ceiling_too_high': 'quantity', 'device_quota.under_review': 'quantity' }}
      onClose={onClose}
    >
      {(faults) => (
        <>
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
        </>
      )}
    </FormDialog>
  )
}
