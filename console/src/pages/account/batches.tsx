import type { ApiAccount, ApiDeviceBatch } from '@shenpi/sdk/contract/api'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { batchesQuery } from '../../data/devices.ts'
import { downloadDevices } from '../../data/exports.ts'
import { useMay } from '../../data/own-account.ts'
import cell from '../../parts/cells.module.css'
import { ExportMenu } from '../../parts/export-menu.tsx'
import { List } from '../../parts/list.tsx'
import { PlainText } from '../../parts/plain-text.tsx'
import { StatePage } from '../../parts/state-page.tsx'
import { useDates } from '../../text/use-dates.ts'
import { useNumbers } from '../../text/use-numbers.ts'
import { useText } from '../../text/use-text.ts'
import css from './lists.module.css'

const PART = '/accounts/$appid/{-$part}'

/** The device IDs that an account was given, and by which applications. */
export function Batches({ account: { appid } }: { account: ApiAccount }) {
  const { batches: text, parts } = useText().accounts
  const navigate = useNavigate()
  const query = useInfiniteQuery(batchesQuery(appid))
  return (
    <List
      label={parts.batches}
      className={css.batches}
      query={query}
      keyOf={({ application }) => application}
      head={
        <>
          <span role="columnheader">{text.ids}</span>
          <span role="columnheader" className={cell.number}>
            {text.quantity}
          </span>
          <span role="columnheader" className={cell.medium}>
            {text.comment}
          </span>
          <span role="columnheader" className={cell.wide}>
            {text.application}
          </span>
          <span role="columnheader" className={`${cell.time} ${cell.wide}`}>
            {text.at}
          </span>
          <span role="columnheader" />
        </>
      }
      empty={<StatePage icon="queue" title={text.empty} body={text.emptyBody} />}
      open={({ application }) =>
        void navigate({ to: PART, params: { appid, part: 'devices' }, search: { batch: application } })
      }
    >
      {(batch) => <BatchCells batch={batch} appid={appid} />}
    </List>
  )
}

function BatchCells({ batch, appid }: { batch: ApiDeviceBatch; appid: string }) {
  const { actions, accounts } = useText()
  const dates = useDates()
  const number = useNumbers()
  const mayExport = useMay('device.export')
  const { application, first_device_id, last_device_id, quantity, comment, allocated_at } = batch
  return (
    <>
      <span role="cell">
        <Link
          to={PART}
          params={{ appid, part: 'devices' }}
          search={{ batch: application }}
          title={accounts.batches.devices}
          className={cell.link}
        >
          {first_device_id}–{last_device_id}
        </Link>
      </span>
      <span role="cell" className={cell.number}>
        {number(quantity)}
      </span>
      <span role="cell" className={`${cell.quiet} ${cell.medium}`}>
        <PlainText text={comment} />
      </span>
      <span role="cell" className={`${cell.over} ${cell.wide}`}>
        <Link to="/applications/$id" params={{ id: application }} search={{}}>
          {application}
        </Link>
      </span>
      <time
        role="cell"
        dateTime={allocated_at}
        title={dates.exact(allocated_at)}
        className={`${cell.time} ${cell.wide}`}
      >
        {dates.short(allocated_at)}
      </time>
      <span role="cell" className={`${cell.over} ${css.actions}`}>
        {mayExport && (
          <ExportMenu
            label={`${actions.export} ${first_device_id}–${last_device_id}`}
            onExport={(format) => downloadDevices(application, format)}
          />
        )}
      </span>
    </>
  )
}
