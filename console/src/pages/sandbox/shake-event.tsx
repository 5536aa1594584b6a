import { Link } from '@tanstack/react-router'
import { DeliveryState } from '../../parts/delivery-state.tsx'
import css from './phone.module.css'
import { useSandboxText } from './use-sandbox-text.ts'
import type { ExpectedEvent } from './use-shake-event.ts'

/** The event of a shake, once it has come. */
export function ShakeEvent({ event, isExpected }: { event: ExpectedEvent; isExpected: boolean }) {
  const { phone: text } = useSandboxText()
  const { arrived } = event
  if (!arrived) return <p className={css.hint}>{isExpected && event.isWaiting ? text.waiting : text.noEvent}</p>
  return (
    <p className={css.event}>
      <Link to="/callbacks/$id" params={{ id: arrived.id }} search={{ appid: arrived.appid }}>
        ShakearoundUserShake
      </Link>
      <DeliveryState state={arrived.state} />
    </p>
  )
}
