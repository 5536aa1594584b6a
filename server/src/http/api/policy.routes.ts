import { api } from '@shenpi/sdk/contract/api'
import { changePolicy } from '../../policy/change-policy.ts'
import { loadCalendarYear } from '../../policy/load-calendar-year.ts'
import { findPolicyVersion, listCalendarYears, listPolicyVersions } from '../../policy/policy.store.ts'
import { POLICY_NAMES } from '../../policy/policy.ts'
import type { Services } from '../../services.ts'
import { parseCursor, toCursor } from './cursor.ts'
import type { ServeEndpoint } from './endpoint.ts'
import { fromSettings, toCalendar, toPolicy, toVersion } from './policy.presenter.ts'

const LIMIT = 50

export function policyRoutes(serve: ServeEndpoint, services: Services): void {
  const { db, clock, policy } = services

  async function presentCalendar() {
    const loaded = await listCalendarYears(db)
    const years = loaded.map(({ year }) => year)
    return toCalendar(policy.calendar, years, clock.now())
  }

  serve(api.getPolicy, async ({ reply }) => {
    const [newest] = await Promise.all([findPolicyVersion(db), policy.refresh()])
    const version = newest?.version ?? 0
    reply.header('etag', `"${version}"`)
    const pinned = Object.keys(POLICY_NAMES).filter((name) =>
      policy.given.pinned.some((each) => each === POLICY_NAMES[name]),
    )
    const first = toPolicy(policy.given.first)
    return { version, settings: toPolicy(policy.current), first, pinned, calendar: await presentCalendar() }
  })

  serve(api.changePolicy, async ({ actor, body: { settings, reason }, version, reply }) => {
    const changed = await changePolicy(services, { version, settings: fromSettings(settings), reason, actor })
    reply.header('etag', `"${changed.version}"`)
    return toVersion(changed)
  })

  serve(api.listPolicyVersions, async ({ query: { limit = LIMIT, cursor } }) => {
    const [before] = cursor ? parseCursor(cursor, 1) : []
    const versions = await listPolicyVersions(db, limit, before)
    const last = versions.at(limit - 1)
    return { items: versions.map(toVersion), next_cursor: last ? toCursor([last.version]) : null }
  })

  serve(api.loadCalendarYear, async ({ actor, params: { year }, body: { holidays, workdays } }) => {
    await loadCalendarYear(services, { year, holidays, workdays }, actor)
    return await presentCalendar()
  })
}
