import type { ApiAccount } from '@shenpi/sdk/contract/api'
import { Link } from '@tanstack/react-router'
import { AccountStates } from '../../parts/account-states.tsx'
import cell from '../../parts/cells.module.css'
import { useDates } from '../../text/use-dates.ts'
import { useNumbers } from '../../text/use-numbers.ts'
import { useText } from '../../text/use-text.ts'

export function AccountHeads() {
  const { columns, state } = useText().accounts
  return (
    <>
      <span role="columnheader">{columns.name}</span>
      <span role="columnheader" className={cell.medium}>
        AppID
      </span>
      <span role="columnheader">{state.label}</span>
      <span role="columnheader" className={`${cell.number} ${cell.wide}`}>
        {columns.devices}
      </span>
      <span role="columnheader" className={`${cell.time} ${cell.wide}`}>
        {columns.created}
      </span>
    </>
  )
}

export function AccountCells({ account }: { account: ApiAccount }) {
  const text = useText().accounts
  const dates = useDates()
  const number = useNumbers()
  const { appid, name, device_quota: quota, created_at } = account
  return (
    <>
      <span role="cell">
        <Link to="/accounts/$appid/{-$part}" params={{ appid }} search={{}} className={cell.link} preload={false}>
          {name}
        </Link>
      </span>
      <span role="cell" className={`${cell.code} ${cell.medium}`}>
        {appid}
      </span>
      <span role="cell">
        <AccountStates account={account} tellsNormal />
      </span>
      <span role="cell" className={`${cell.number} ${cell.wide}`}>
        {text.devicesOf(number(quota.allocated), number(quota.ceiling))}
      </span>
      <time role="cell" dateTime={created_at} title={dates.exact(created_at)} className={`${cell.time} ${cell.wide}`}>
        {dates.short(created_at)}
      </time>
    </>
  )
}
