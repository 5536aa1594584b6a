import type { ApiAccount, ApiLedgerEntry } from '@shenpi/sdk/contract/api'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ledgerQuery } from '../../data/devices.ts'
import cell from '../../parts/cells.module.css'
import { List } from '../../parts/list.tsx'
import { PlainText } from '../../parts/plain-text.tsx'
import { StatePage } from '../../parts/state-page.tsx'
import { useDates } from '../../text/use-dates.ts'
import { useNumbers } from '../../text/use-numbers.ts'
import { useText } from '../../text/use-text.ts'
import css from './lists.module.css'
import { QuotaMeter } from './quota-meter.tsx'

/** How many device IDs an account may have and has, and what made it so. */
export function Quota({ account: { appid } }: { account: ApiAccount }) {
  const { quota: text, batches } = useText().accounts
  const query = useInfiniteQuery(ledgerQuery(appid))
  return (
    <>
      <QuotaMeter appid={appid} />
      <List
        label={text.ledger}
        className={css.ledger}
        query={query}
        keyOf={({ application, entry }) => `${application} ${entry}`}
        head={
          <>
            <span role="columnheader">{text.ledger}</span>
            <span role="columnheader" className={cell.medium}>
              {batches.application}
            </span>
            <span role="columnheader">{batches.comment}</span>
            <span role="columnheader" className={cell.wide}>
              {batches.ids}
            </span>
            <span role="columnheader" className={cell.number}>
              {batches.quantity}
            </span>
            <span role="columnheader" className={`${cell.time} ${cell.wide}`}>
              {batches.at}
            </span>
          </>
        }
        empty={<StatePage icon="queue" title={text.empty} body={text.emptyBody} />}
      >
        {(entry) => <EntryCells entry={entry} />}
      </List>
    </>
  )
}

function EntryCells({ entry }: { entry: ApiLedgerEntry }) {
  const text = useText().accounts.quota
  const dates = useDates()
  const number = useNumbers()
  const { at, application, quantity, first_device_id: first, last_device_id: last } = entry
  const sign = entry.entry === 'rise' ? '+' : '−'
  return (
    <>
      <span role="cell">{text.entries[entry.entry]}</span>
      <span role="cell" className={cell.medium}>
        <Link to="/applications/$id" params={{ id: application }} search={{}}>
          {application}
        </Link>
      </span>
      <span role="cell" className={cell.quiet}>
        <PlainText text={entry.text} />
      </span>
      <span role="cell" className={`${cell.quiet} ${cell.wide}`}>
        {first === null ? '' : `${first}–${last}`}
      </span>
      <span role="cell" className={cell.number}>
        {sign}
        {number(quantity)}
      </span>
      <time role="cell" dateTime={at} title={dates.exact(at)} className={`${cell.time} ${cell.wide}`}>
        {dates.short(at)}
      </time>
    </>
  )
}
