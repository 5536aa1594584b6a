import type { ApiDeliveryInFull } from '@shenpi/sdk/contract/api'
import { PlainText } from '../../parts/plain-text.tsx'
import { useDates } from '../../text/use-dates.ts'
import { useNumbers } from '../../text/use-numbers.ts'
import { useText } from '../../text/use-text.ts'
import css from './delivery-page.module.css'

/** Each try: when, what was answered, how long it took. The last one first. */
export function TryTable({ tries }: { tries: ApiDeliveryInFull['tries'] }) {
  const text = useText().callbacks.delivery
  const dates = useDates()
  const number = useNumbers()
  return (
    <section>
      <h2 className={css.title}>{text.tries}</h2>
      {tries.length === 0 && <p className={css.hint}>{text.triesNone}</p>}
      {tries.length > 0 && (
        <table className={css.table}>
          <tbody>
            {tries.toReversed().map(({ at, duration_ms, status, outcome, url }) => (
              <tr key={`${at}${duration_ms}`}>
                <td className={css.number}>
                  <time dateTime={at} title={dates.exact(at)}>
                    {dates.short(at)}
                  </time>
                </td>
                <td className={css.number}>{status === null ? text.noAnswer : `HTTP ${status}`}</td>
                <td className={css.number}>{text.duration(number(duration_ms))}</td>
                <td className={css.outcome}>
                  <PlainText text={outcome} />
                  <p className={css.url}>{url}</p>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}
