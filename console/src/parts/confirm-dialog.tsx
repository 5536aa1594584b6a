import { useState } from 'react'
import { useText } from '../text/use-text.ts'
import { Button } from './button.tsx'
import css from './confirm-dialog.module.css'
import { Dialog } from './dialog.tsx'
import { useExplain } from './explain.ts'

interface ConfirmDialogProps {
  title: string
  body: string
  /** What the button says that does it. */
  confirm: string
  look?: 'primary' | 'danger'
  onConfirm: () => Promise<unknown>
  onClose: () => void
}

/** Asks before something that cannot be taken back; why it failed stands there, and it can be tried again. */
export function ConfirmDialog({ title, body, confirm, look = 'danger', onConfirm, onClose }: ConfirmDialogProps) {
  const { actions } = useText()
  const explain = useExplain()
  const [fault, setFault] = useState<string>()
  const [isSending, setSending] = useState(false)
  const send = async () => {
    setSending(true)
    try {
      await onConfirm()
      onClose()
    } catch (error) {
      setFault(explain(error))
      setSending(false)
    }
  }
  return (
    <Dialog title={title} width="small" onClose={onClose}>
      <div className={css.content}>
        <p>{body}</p>
        <p role="alert" className={css.fault}>
          {fault}
        </p>
        <div className={css.actions}>
          <Button onClick={onClose}>{actions.cancel}</Button>
          <Button look={look} disabled={isSending} onClick={() => void send()}>
            {confirm}
          </Button>
        </div>
      </div>
    </Dialog>
  )
}
