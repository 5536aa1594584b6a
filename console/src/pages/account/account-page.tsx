import type { ApiAccount } from '@shenpi/sdk/contract/api'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { type ComponentType, lazy, Suspense } from 'react'
import { accountQuery } from '../../data/accounts.ts'
import { useMay } from '../../data/own-account.ts'
import { useShortcuts } from '../../keys/use-shortcuts.ts'
import { AccountStates } from '../../parts/account-states.tsx'
import { IconButton } from '../../parts/button.tsx'
import cell from '../../parts/cells.module.css'
import { FailurePage } from '../../parts/failure-page.tsx'
import page from '../../parts/list-page.module.css'
import { NotFoundPage } from '../../parts/not-found-page.tsx'
import { PageHeader } from '../../parts/page-header.tsx'
import { RowsSkeleton } from '../../parts/rows.tsx'
import { Skeleton } from '../../parts/skeleton.tsx'
import { useText } from '../../text/use-text.ts'
import { AccountTabs, isPart, type PartName } from './account-tabs.tsx'
import { Batches } from './batches.tsx'
import { CallbackPart } from './callback-part.tsx'
import { Card } from './card.tsx'
import { Devices } from './devices.tsx'
import { Grants } from './grants.tsx'
import { Limits } from './limits.tsx'
import { Quota } from './quota.tsx'
import { Secret } from './secret.tsx'

const route = getRouteApi('/accounts/$appid/{-$part}')
/** A sandbox alone has it. */
const ClockBar = lazy(async () => ({ default: (await import('../sandbox/clock-bar.tsx')).ClockBar }))

const PARTS: Readonly<Record<PartName, ComponentType<{ account: ApiAccount }>>> = {
  card: Card,
  batches: Batches,
  devices: Devices,
  quota: Quota,
  grants: Grants,
  callbacks: CallbackPart,
  limits: Limits,
  secret: Secret,
}

export function AccountPage() {
  const { accounts: text, shortcuts } = useText()
  const { appid, part = 'card' } = route.useParams()
  const navigate = useNavigate()
  const query = useQuery(accountQuery(appid))
  const back = () => void navigate({ to: '/accounts', search: {} })
  useShortcuts({ back })
  const hasClock = useMay('sandbox.read')
  const account = query.data
  if (!isPart(part)) return <NotFoundPage />
  const Part = PARTS[part]
  return (
    <div className={page.page}>
      <PageHeader
        title={account?.name ?? text.title}
        lead={<IconButton icon="left" label={shortcuts.back} onClick={back} />}
        detail={<span className={cell.medium}>{appid}</span>}
      >
        {account && <AccountStates account={account} />}
      </PageHeader>
      {hasClock && (
        <Suspense fallback={<Skeleton height="3.25rem" />}>
          <ClockBar key={appid} appid={appid} />
        </Suspense>
      )}
      <AccountTabs appid={appid} part={part} />
      {account && <Part key={`${appid} ${part}`} account={account} />}
      {!account && query.isError && <FailurePage error={query.error} retry={() => void query.refetch()} />}
      {!account && query.isPending && <RowsSkeleton />}
    </div>
  )
}
