import { type ApiDashboard, api } from '@shenpi/sdk/contract/api'
import { DecisionDays } from '../../dashboard/decision-days.ts'
import { type Dashboard, readDashboard } from '../../dashboard/read-dashboard.ts'
import type { Services } from '../../services.ts'
import { DAY_MS } from '../../time/china-time.ts'
import type { ServeEndpoint } from './endpoint.ts'

const DAYS = 30

export function dashboardRoutes(serve: ServeEndpoint, services: Services): void {
  const decisionDays = new DecisionDays(services)
  serve(api.getDashboard, async ({ query: { days = DAYS } }) => {
    const queues = services.queueAges().map(({ queue, ageMs }) => ({ name: queue, age_ms: ageMs }))
    return { ...toDashboard(await readDashboard({ ...services, decisionDays }, days)), queues }
  })
}

function toDashboard({
  open,
  oldestAppliedAt,
  days,
  reviewed,
  speed,
  load,
  callbacks,
}: Dashboard): Omit<ApiDashboard, 'queues'> {
  const { overdueLong, ...rest } = open
  return {
    open: { overdue_long: overdueLong, ...rest },
    oldest_applied_at: oldestAppliedAt?.toISOString() ?? null,
    days: days.map(({ day, ...of }) => ({ date: new Date(day * DAY_MS).toISOString().slice(0, 10), ...of })),
    reviewed,
    median_hours: speed.medianHours,
    p90_hours: speed.p90Hours,
    load,
    callbacks,
  }
}
