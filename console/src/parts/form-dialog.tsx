import { type ReactNode, useState } from 'react'
import { isSignInCancelled } from '../data/session.ts'
import { useText } from '../text/use-text.ts'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'
import { useExplain } from './explain.ts'
import css from './form-dialog.module.css'

interface FormDialogProps {
  title: string
  /** What its button does, in words. */
  verb: string
  look?: 'primary' | 'danger'
  width?: 'small' | 'narrow' | 'wide'
  isReady?: boolean
  /** What failed is said in the dialog, which stays with what was typed. */
  send: () => Promise<unknown>
  onClose: () => void
  children: ReactNode
}

/** A dialog that asks something and sends it: it closes when it was sent. */
export function FormDialog({
  title,
  verb,
  look = 'primary',
  width = 'small',
  isReady = true,
  ...props
}: FormDialogProps) {
  const { actions } = useText()
  const explain = useExplain()
  const [fault, setFault] = useState<string>()
  const [isBusy, setBusy] = useState(false)
  const submit = async () => {
    setBusy(true)
    setFault(undefined)
    try {
      await props.send()
      props.onClose()
    } catch (error) {
      setFault(isSignInCancelled(error) ? undefined : explain(error))
      setBusy(false)
    }
  }
  return (
    <Dialog title={title} width={width} onClose={props.onClose} shortcuts={{ sendDecision: () => void submit() }}>
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        {props.children}
        <div className={css.foot}>
          <p role="alert" className={css.fault}>
            {fault}
          </p>
          <Button onClick={props.onClose}>{actions.cancel}</Button>
          <Button type="submit" look={look} disabled={!isReady || isBusy}>
            {verb}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
