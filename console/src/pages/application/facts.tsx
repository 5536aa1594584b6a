import type { ApiApplicationInFull } from '@shenpi/sdk/contract/api'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { accountQuery } from '../../data/accounts.ts'
import { DueBadge } from '../../parts/due-badge.tsx'
import { PlainText } from '../../parts/plain-text.tsx'
import { useDates } from '../../text/use-dates.ts'
import { useText } from '../../text/use-text.ts'
import css from './facts.module.css'

/** Whose application it is and when it was made: what stands with every kind. */
export function Facts({ application }: { application: ApiApplicationInFull }) {
  const text = useText().application
  const dates = useDates()
  const { appid, applied_at, summary, state } = application
  const { data: account } = useQuery(accountQuery(appid))
  return (
    <div className={css.facts}>
      <h2 className={css.summary}>
        <PlainText text={summary} />
      </h2>
      <dl className={css.list}>
        {state === 'under_review' && (
          <div>
            <dt>{text.due}</dt>
            <dd>
              <DueBadge application={application} />
            </dd>
          </div>
        )}
        <div>
          <dt>{text.applied}</dt>
          <dd>
            <time dateTime={applied_at} title={dates.exact(applied_at)}>
              {dates.short(applied_at)}
            </time>
          </dd>
        </div>
        <div>
          <dt>{text.account}</dt>
          <dd>
            <Link to="/queue" search={{ appid }} title={appid} className={account ? undefined : css.account}>
              {account ? <PlainText text={account.name} /> : appid}
            </Link>
          </dd>
        </div>
      </dl>
    </div>
  )
}
