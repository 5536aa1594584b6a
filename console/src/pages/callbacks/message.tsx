import { PlainText } from '../../parts/plain-text.tsx'
import { useText } from '../../text/use-text.ts'
import css from './delivery-page.module.css'
import { maskMessage } from './mask-message.ts'

/** The members of what is sent; who of the merchant's users it is about is hidden. */
export function Message({ message }: { message: unknown }) {
  const text = useText().callbacks.delivery
  const { shown, isMasked } = maskMessage(message)
  return (
    <section>
      <h2 className={css.title}>{text.message}</h2>
      <p className={css.message}>
        <PlainText text={JSON.stringify(shown, null, 2)} />
      </p>
      {isMasked && <p className={css.hint}>{text.masked}</p>}
    </section>
  )
}
