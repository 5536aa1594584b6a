import { type ReactNode, useState } from 'react'
import { useText } from '../text/use-text.ts'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'
import { Form } from './form.tsx'
import css from './form-dialog.module.css'
import { type FaultPlaces, type Faults, useFaults } from './use-faults.ts'

interface FormDialogProps {
  title: string
  /** What its button does, in words. */
  verb: string
  look?: 'primary' | 'danger'
  width?: 'small' | 'narrow' | 'wide'
  isReady?: boolean
  /** What is wrong with what was typed, before it is sent. */
  check?: () => Faults
  /** What failed is said in the dialog, which stays with what was typed. */
  send: () => Promise<unknown>
  onClose: () => void
  /** At which field a refusal is said; all others at the foot. */
  at?: FaultPlaces
  children: ReactNode | ((faults: Faults) => ReactNode)
}

/** A dialog that asks something and sends it: it closes when it was sent. */
export function FormDialog({
  title,
  verb,
  look = 'primary',
  width = 'small',
  isReady = true,
  at,
  children,
  ...props
}: FormDialogProps) {
  const { actions } = useText()
  const { faults, setFaults, refuse } = useFaults(at)
  const [isBusy, setBusy] = useState(false)
  const submit = async () => {
    if (!isReady || isBusy) return
    const found = props.check?.() ?? {}
    setFaults(found)
    if (Object.keys(found).length > 0) return
    setBusy(true)
    try {
      await props.send()
      props.onClose()
    } catch (error) {
      refuse(error)
      setBusy(false)
    }
  }
  return (
    <Dialog title={title} width={width} onClose={props.onClose} shortcuts={{ sendDecision: () => void submit() }}>
      <Form className={css.form} faults={faults} send={() => void submit()}>
        {typeof children === 'function' ? children(faults) : children}
        <div className={css.foot}>
          <p role="alert" className={css.fault}>
            {faults.form}
          </p>
          <Button onClick={props.onClose}>{actions.cancel}</Button>
          <Button type="submit" look={look} disabled={!isReady || isBusy}>
            {verb}
          </Button>
        </div>
      </Form>
    </Dialog>
  )
}
