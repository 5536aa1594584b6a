import type { ApiDashboard } from '@shenpi/sdk/contract/api'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { agreementQuery, dashboardQuery } from '../../data/dashboard.ts'
import { useMay } from '../../data/own-account.ts'
import { useShortcuts } from '../../keys/use-shortcuts.ts'
import { Button } from '../../parts/button.tsx'
import { FailurePage } from '../../parts/failure-page.tsx'
import { PageHeader } from '../../parts/page-header.tsx'
import { Segments } from '../../parts/segments.tsx'
import { StatePage } from '../../parts/state-page.tsx'
import { useText } from '../../text/use-text.ts'
import { Agreement } from './agreement.tsx'
import { Callbacks } from './callbacks.tsx'
import css from './dashboard-page.module.css'
import { DashboardSkeleton } from './dashboard-skeleton.tsx'
import { DecidedPerDay } from './decided-per-day.tsx'
import { Load } from './load.tsx'
import { OpenByDue } from './open-by-due.tsx'
import { Speed } from './speed.tsx'

const PERIODS = ['7', '30', '90'] as const

export function DashboardPage() {
  const text = useText().dashboard
  const [days, setDays] = useState<(typeof PERIODS)[number]>('30')
  const [isTable, setTable] = useState(false)
  const { data, error, refetch } = useQuery(dashboardQuery(Number(days)))
  const toggle = () => setTable(!isTable)
  useShortcuts({ toggleTables: toggle, refresh: () => void refetch() })
  return (
    <>
      <PageHeader title={text.title}>
        <Button look={isTable ? 'chosen' : 'quiet'} aria-pressed={isTable} shortcut="toggleTables" onClick={toggle}>
          {text.tables}
        </Button>
        <Segments
          label={text.period}
          value={days}
          options={PERIODS.map((value) => ({ value, label: text.days(Number(value)) }))}
          onChange={setDays}
        />
      </PageHeader>
      {data && <Cards dashboard={data} days={Number(days)} isTable={isTable} />}
      {!data && error && <FailurePage error={error} retry={() => void refetch()} />}
      {!data && !error && <DashboardSkeleton />}
    </>
  )
}

function Cards({ dashboard, days, isTable }: { dashboard: ApiDashboard; days: number; isTable: boolean }) {
  const { empty } = useText().dashboard
  const mayReadAgreement = useMay('sample.read_agreement')
  const { data: agreement } = useQuery(agreementQuery(days, mayReadAgreement))
  const isFresh = dashboard.days.length === 0 && Object.values(dashboard.open).every((count) => count === 0)
  if (isFresh) return <StatePage icon="chart" title={empty.title} body={empty.body} />
  return (
    <div className={css.page}>
      <Speed dashboard={dashboard} />
      <DecidedPerDay days={dashboard.days} period={days} isTable={isTable} />
      <OpenByDue open={dashboard.open} oldestAppliedAt={dashboard.oldest_applied_at} isTable={isTable} />
      <Load load={dashboard.load} isTable={isTable} />
      {agreement && <Agreement agreements={agreement.items} isTable={isTable} />}
      <Callbacks dashboard={dashboard} isTable={isTable} />
    </div>
  )
}
