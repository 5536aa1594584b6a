import type { ApiReplayPreview } from '@shenpi/sdk/contract/api'
import { useDates } from '../../text/use-dates.ts'
import { useNumbers } from '../../text/use-numbers.ts'
import { useText } from '../../text/use-text.ts'
import css from './replay-dialog.module.css'

/** How many would be sent again, whose, from when till when, how fast. */
export function ReplayPreview({ preview }: { preview: ApiReplayPreview }) {
  const text = useText().callbacks.range
  const dates = useDates()
  const number = useNumbers()
  const { deliveries, unaddressed, first_at, last_at, seconds, by_account } = preview
  const addressed = by_account.filter((of) => of.addressed)
  const sentTo = preview.accounts - (by_account.length - addressed.length)
  const untold = preview.accounts - by_account.length
  return (
    <section className={css.preview} aria-live="polite">
      <strong>{deliveries === 0 ? text.none : text.counts(deliveries, sentTo)}</strong>
      {first_at && last_at && (
        <p className={css.hint}>
          {text.between(dates.short(first_at), dates.short(last_at))} · {text.spread(seconds)}
        </p>
      )}
      {unaddressed > 0 && <p className={css.hint}>{text.unaddressed(unaddressed)}</p>}
      {by_account.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reachable by keys
        <ul className={css.accounts} tabIndex={0}>
          {by_account.map((of) => (
            <li key={of.appid}>
              <span className={css.name} title={of.appid}>
                {of.name}
              </span>
              <span>{of.addressed ? number(of.deliveries) : text.noUrl}</span>
            </li>
          ))}
          {untold > 0 && <li>{text.more(untold)}</li>}
        </ul>
      )}
    </section>
  )
}
