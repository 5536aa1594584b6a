import type { ApiTrailEntry } from '@shenpi/sdk/contract/api'
import { isObject } from '@shenpi/sdk/contract/is-object'
import { Link } from '@tanstack/react-router'
import { PlainText } from '../../parts/plain-text.tsx'
import { useActorName } from '../../text/use-actor-name.ts'
import { useDates } from '../../text/use-dates.ts'
import { useEntryWords } from '../../text/use-entry-words.ts'
import { useTrailText } from '../../text/use-trail-text.ts'
import css from './trail-page.module.css'

/** What was done, in words; as it stands in the trail on demand. */
export function Entry({ entry }: { entry: ApiTrailEntry }) {
  const text = useTrailText()
  const dates = useDates()
  const nameOf = useActorName()
  const wordsOf = useEntryWords()
  const { entry_no, at, actor, application, detail, action, hash } = entry
  return (
    <li className={css.entry}>
      <time dateTime={at} title={dates.exact(at)} className={css.time}>
        {dates.short(at)}
      </time>
      <div className={css.words}>
        <p>
          <strong className={css.actor}>
            <PlainText text={nameOf(actor)} />
          </strong>{' '}
          <PlainText text={wordsOf(entry)} />
        </p>
        {isObject(detail) && detail.withheld === true && <p className={css.hint}>{text.withheld}</p>}
        <details className={css.raw}>
          <summary>
            {text.no(entry_no)} · {text.raw}
          </summary>
          <pre>{JSON.stringify({ action, actor, at, detail, hash }, null, 2)}</pre>
        </details>
      </div>
      {application && (
        <Link to="/applications/$id" params={{ id: application }} search={{}} className={css.application}>
          {text.application(application)}
        </Link>
      )}
    </li>
  )
}
