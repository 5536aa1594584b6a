import type { ApiSignal, ApiSignals } from '@shenpi/sdk/contract/api'
import { Link } from '@tanstack/react-router'
import { Icon } from '../../parts/icon.tsx'
import { PlainText } from '../../parts/plain-text.tsx'
import { useDates } from '../../text/use-dates.ts'
import { useFieldLabel } from '../../text/use-field-label.ts'
import { useText } from '../../text/use-text.ts'
import css from './signals.module.css'

const LINKS_SHOWN = 4

/** What an application has in common with others: links to look at, never a decision. */
export function Signals({ signals: { items, credit_codes } }: { signals: ApiSignals }) {
  const { signals: text } = useText().application
  const labelOf = useFieldLabel()
  if (items.length === 0 && credit_codes.length === 0) return null
  return (
    <section className={css.signals} aria-label={text.title}>
      <h3 className={css.title}>{text.title}</h3>
      <ul>
        {credit_codes.map(({ field, code, fault }) => (
          <li key={`${field}${code}`} className={`${css.signal} ${fault ? css.strong : css.fine}`}>
            <Icon name={fault ? 'overdue' : 'approved'} />
            <p>
              {labelOf(field)} <code>{code}</code> {fault ? text.faults[fault] : text.validCode}
            </p>
          </li>
        ))}
        {items.map((signal) => (
          <SignalRow key={`${signal.trace}${signal.value}`} signal={signal} />
        ))}
      </ul>
    </section>
  )
}

function SignalRow({ signal }: { signal: ApiSignal }) {
  const { application, states } = useText()
  const { signals: text } = application
  const dates = useDates()
  const { trace, value, accounts, rejected, applications } = signal
  const isStrong = accounts > 0 || rejected > 0
  return (
    <li className={`${css.signal} ${isStrong ? css.strong : ''}`}>
      <Icon name={isStrong ? 'overdue' : 'again'} />
      <div>
        <p>
          {text.same[trace]}
          {trace !== 'picture' && trace !== 'photo' && (
            <>
              {' '}
              <PlainText text={value} />
            </>
          )}
          <span className={css.counts}>
            {[text.accounts(accounts), text.rejected(rejected)].filter(Boolean).join(' · ')}
          </span>
        </p>
        <ul className={css.links}>
          {applications.slice(0, LINKS_SHOWN).map(({ id, account_name, kind, state, applied_at }) => (
            <li key={id}>
              <Link to="/applications/$id" params={{ id }} search={{}}>
                {account_name || id} · {states.kinds[kind]} · {states.applications[state]} · {dates.short(applied_at)}
              </Link>
            </li>
          ))}
          {applications.length > LINKS_SHOWN && <li>{text.others(applications.length - LINKS_SHOWN)}</li>}
        </ul>
      </div>
    </li>
  )
}
