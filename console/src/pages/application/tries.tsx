import type { ApiTries } from '@shenpi/sdk/contract/api'
import { Link } from '@tanstack/react-router'
import type { Filters } from '../../data/filters.ts'
import { Badge } from '../../parts/badge.tsx'
import { PlainText } from '../../parts/plain-text.tsx'
import { useDates } from '../../text/use-dates.ts'
import { useFieldLabel } from '../../text/use-field-label.ts'
import { useText } from '../../text/use-text.ts'
import css from './tries.module.css'

interface TriesProps {
  tries: ApiTries
  filters: Filters
  onCompare: (id: string) => void
}

/** The earlier tries, the one that this is compared with above: why it was rejected is what this one has to answer. */
export function Tries({ tries: { items, comparison, more }, filters, onCompare }: TriesProps) {
  const { tries: text } = useText().application
  const labelOf = useFieldLabel()
  const compared = items.find(({ id }) => id === comparison?.id)
  return (
    <section className={css.tries} aria-label={text.title}>
      {compared?.reason && (
        <div className={css.reason}>
          <p className={css.head}>{text.rejectedBefore}</p>
          <PlainText text={compared.reason} />
          {compared.fields.length > 0 && (
            <ul className={css.named}>
              {compared.fields.map((field) => (
                <li key={field} className={css.field}>
                  {labelOf(field)} · {isChanged(comparison, field) ? text.changed : text.unchanged}
                </li>
              ))}
            </ul>
          )}
        </div>
      )}
      <ol className={css.strip}>
        {items.map((each) => (
          <Try key={each.id} each={each} filters={filters} isCompared={each === compared} onCompare={onCompare} />
        ))}
        {more && <li className={css.more}>{text.more}</li>}
      </ol>
    </section>
  )
}

interface TryProps {
  each: ApiTries['items'][number]
  filters: Filters
  isCompared: boolean
  onCompare: (id: string) => void
}

function Try({ each: { id, state, applied_at }, filters, isCompared, onCompare }: TryProps) {
  const { tries: text } = useText().application
  const dates = useDates()
  return (
    <li className={css.try} data-compared={isCompared}>
      <Badge state={state} />
      <Link to="/applications/$id" params={{ id }} search={filters}>
        {dates.short(applied_at)}
      </Link>
      {isCompared ? (
        <span className={css.compared}>{text.compared}</span>
      ) : (
        <button type="button" className={css.compare} onClick={() => onCompare(id)}>
          {text.compare}
        </button>
      )}
    </li>
  )
}

const isChanged = (comparison: ApiTries['comparison'], name: string): boolean =>
  comparison?.fields.find(({ field }) => field === name)?.changed === true
