import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import type { ComponentType } from 'react'
import { accountsQuery } from '../../data/accounts.ts'
import { useMay } from '../../data/own-account.ts'
import { rowsOf } from '../../data/pages-of.ts'
import { FailurePage } from '../../parts/failure-page.tsx'
import page from '../../parts/list-page.module.css'
import { NotFoundPage } from '../../parts/not-found-page.tsx'
import { PageHeader } from '../../parts/page-header.tsx'
import { RowsSkeleton } from '../../parts/rows.tsx'
import { StatePage } from '../../parts/state-page.tsx'
import { AccountMenu } from './account-menu.tsx'
import { CallbackTimeline } from './callback-timeline.tsx'
import { ClockBar } from './clock-bar.tsx'
import { Phone } from './phone.tsx'
import { Requests } from './requests.tsx'
import { Rules } from './rules.tsx'
import { isPart, type PartName, SandboxTabs } from './sandbox-tabs.tsx'
import { Snapshots } from './snapshots.tsx'
import { useSandboxText } from './use-sandbox-text.ts'

const route = getRouteApi('/sandbox/{-$part}')

const PARTS: Readonly<Record<PartName, ComponentType<{ appid: string }>>> = {
  requests: Requests,
  callbacks: CallbackTimeline,
  rules: Rules,
  snapshots: Snapshots,
  phone: Phone,
}

/** What a sandbox alone can do, for one account: its clock is always in sight. */
export function SandboxPage() {
  const text = useSandboxText()
  const { part = 'requests' } = route.useParams()
  const search = route.useSearch()
  const maySee = useMay('sandbox.read')
  const query = useInfiniteQuery({ ...accountsQuery({}), enabled: maySee })
  const accounts = rowsOf(query.data)
  const appid = search.appid ?? accounts[0]?.appid
  if (!isPart(part) || !maySee) return <NotFoundPage />
  const Part = PARTS[part]
  return (
    <div className={page.page}>
      <PageHeader title={text.title}>
        {appid && <AccountMenu accounts={accounts} appid={appid} part={part} />}
      </PageHeader>
      {appid && <ClockBar key={appid} appid={appid} />}
      {appid && <SandboxTabs appid={appid} part={part} />}
      {appid && <Part key={`${appid} ${part}`} appid={appid} />}
      {!appid && query.isError && <FailurePage error={query.error} retry={() => void query.refetch()} />}
      {!appid && query.isPending && <RowsSkeleton />}
      {!appid && query.isSuccess && <StatePage icon="account" title={text.noAccount} body={text.noAccountBody} />}
    </div>
  )
}
