import { api } from '@shenpi/sdk/contract/api'
import { POLICY_SETTINGS } from '@shenpi/sdk/contract/states'
import { changePolicy } from '../../policy/change-policy.ts'
import { loadCalendarYear } from '../../policy/load-calendar-year.ts'
import { findPolicyVersion, listCalendarYears } from '../../policy/policy.store.ts'
import { POLICY_NAMES } from '../../policy/policy.ts'
import { findOrigins, listPolicyChanges } from '../../policy/policy-changes.ts'
import { previewCalendarYear } from '../../policy/preview-calendar-year.ts'
import type { Services } from '../../services.ts'
import { parseCursor, toCursor } from './cursor.ts'
import type { ServeEndpoint } from './endpoint.ts'
import { fromSettings, toCalendar, toCalendarYear, toOrigins, toPolicy, toVersion } from './policy.presenter.ts'

const LIMIT = 50

export function policyRoutes(serve: ServeEndpoint, services: Services): void {
  const { db, clock, policy } = services

  async function presentCalendar() {
    const loaded = await listCalendarYears(db)
    const years = loaded.map(({ year }) => year)
    return toCalendar(policy.calendar, years, clock.installation())
  }

  serve(api.getPolicy, async ({ reply }) => {
    const [newest] = await Promise.all([findPolicyVersion(db), policy.refresh()])
    const version = newest?.version ?? 0
    reply.header('etag', `"${version}"`)
    const { first, pinned } = policy.given
    return {
      version,
      settings: toPolicy(policy.current),
      first: toPolicy(first),
      pinned: POLICY_SETTINGS.filter((name) => pinned.includes(POLICY_NAMES[name])),
      changed: toOrigins(await findOrigins(db, first), pinned),
      calendar: await presentCalendar(),
    }
  })

  serve(api.changePolicy, async ({ actor, body: { settings, reason }, version, reply }) => {
    const changed = await changePolicy(services, { version, settings: fromSettings(settings), reason, actor })
    reply.header('etag', `"${changed.version}"`)
    return toVersion(changed)
  })

  serve(api.listPolicyVersions, async ({ query: { limit = LIMIT, cursor } }) => {
    const [before] = cursor ? parseCursor(cursor, 1) : []
    const versions = await listPolicyChanges(db, policy.given.first, limit, before)
    const last = versions.at(limit - 1)
    return { items: versions.map(toVersion), next_cursor: last ? toCursor([last.version]) : null }
  })

  serve(api.getCalendarYear, async ({ params: { year } }) => {
    await policy.refresh()
    const loaded = (await listCalendarYears(db)).find((each) => each.year === year)
    return toCalendarYear(policy.calendar, year, loaded?.loadedAt)
  })

  serve(api.previewCalendarYear, async ({ params: { year }, body: { holidays, workdays } }) => {
    const { moved, lookedAt, isAll } = await previewCalendarYear(services.review, { year, holidays, workdays })
    return { moved, looked_at: lookedAt, is_all: isAll }
  })

  serve(api.loadCalendarYear, async ({ actor, params: { year }, body: { holidays, workdays } }) => {
    await loadCalendarYear(services, { year, holidays, workdays }, actor)
    return await presentCalendar()
  })
}
