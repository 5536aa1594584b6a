import { type ReactNode, useEffect, useRef } from 'react'
import type { Faults } from './use-faults.ts'

interface FormProps {
  /** Those of the last try: the focus goes to the first field that has one. */
  faults: Faults
  send: () => void
  className?: string
  children: ReactNode
}

/** Fields that are sent by Enter. */
export function Form({ faults, send, className, children }: FormProps) {
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    if (Object.values(faults).every((fault) => fault === undefined)) return
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [faults])
  return (
    <form
      ref={form}
      className={className}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      {children}
    </form>
  )
}
