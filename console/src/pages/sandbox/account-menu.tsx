import type { ApiAccount } from '@shenpi/sdk/contract/api'
import { useNavigate } from '@tanstack/react-router'
import css from './sandbox-page.module.css'
import type { PartName } from './sandbox-tabs.tsx'
import { useSandboxText } from './use-sandbox-text.ts'

interface AccountMenuProps {
  accounts: readonly ApiAccount[]
  appid: string
  part: PartName
}

/** Whose clock, requests and rules are shown. */
export function AccountMenu({ accounts, appid, part }: AccountMenuProps) {
  const text = useSandboxText()
  const navigate = useNavigate()
  const isListed = accounts.some((account) => account.appid === appid)
  return (
    <select
      aria-label={text.account}
      className={css.account}
      value={appid}
      onChange={({ target }) =>
        void navigate({ to: '/sandbox/{-$part}', params: { part }, search: { appid: target.value }, replace: true })
      }
    >
      {!isListed && <option value={appid}>{appid}</option>}
      {accounts.map((account) => (
        <option key={account.appid} value={account.appid}>
          {`${account.name} · ${account.appid}`}
        </option>
      ))}
    </select>
  )
}
