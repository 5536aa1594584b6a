import type { Place } from '../server/test/databases.ts'
import { lay } from './databases.ts'
import { FIRST_APPLICATION_NO, layApplications } from './lay-applications.ts'
import { layAccountsFrom } from './lay-devices.ts'
import type { Figure, Measure } from './measure.ts'
import { type Shenpi, startShenpi } from './processes.ts'
import { median } from './statistics.ts'

const FIRST_ACCOUNT_ID = 1001
const ACCOUNTS = 10_000
const DECIDED = 900_000
const OPEN = 100_000
const CALLBACKS = 100_000
/** All of them were decided in so many days, by so many people, and as fast as each class tells. */
const DAYS = 30
const REVIEWERS = 50
const SPEEDS = 19
/** Source: issue 11. */
const BAR_MS = 300
const CHINA_MS = 8 * 60 * 60_000
const DAY_MS = 24 * 60 * 60_000

/**
 * How long the dashboard takes at 1,000,000 applications, of which 900,000 were decided in the days that it tells of: the most
 * that it can add up. The first one after a start reads the days that are over, later ones know them.
 */
export const dashboard: Measure = {
  name: 'dashboard',
  async run(database, { rounds }) {
    await using place = await database.place()
    await layHistory(place)
    await using server = await startShenpi(place)
    const first = await askedIn(server)
    const each: number[] = []
    for (let round = 0; round < rounds; round += 1) each.push(await askedIn(server))
    const figure = (measure: string, value: number, bar?: Figure['bar']): Figure => {
      const detail = `${OPEN} of 1,000,000 are open`
      return { measure, value, unit: 'ms', detail, ...(bar && { bar }) }
    }
    return [
      figure('dashboard, the first after a start', first),
      figure('dashboard, 1,000,000 applications', median(each), { atMost: BAR_MS }),
    ]
  },
}

async function askedIn({ api }: Shenpi): Promise<number> {
  const startedAt = performance.now()
  const { reviewed } = await api.getDashboard({ query: { days: DAYS } })
  const ms = performance.now() - startedAt
  if (reviewed.decided < DECIDED * 0.9) throw new Error(`the dashboard tells of ${reviewed.decided} decisions`)
  return ms
}

async function layHistory(place: Place): Promise<void> {
  await using _server = await startShenpi(place)
  await layAccountsFrom(place, FIRST_ACCOUNT_ID, ACCOUNTS)
  const whose = { firstAccountId: FIRST_ACCOUNT_ID, accounts: ACCOUNTS }
  await layApplications(place, { ...whose, count: DECIDED, state: 'rejected' })
  await layApplications(place, { ...whose, from: DECIDED, count: OPEN, state: 'under_review' })
  const now = Date.now()
  const today = Math.floor((now + CHINA_MS) / DAY_MS)
  await lay(
    place,
    `insert into decision_day (account_id, day, kind, outcome, actor, speed, decided, late)
      select account_id, ${today} - application_no % ${DAYS}, kind, state,
        'staff:Reviewer ' || (account_id % ${REVIEWERS}), (application_no * 7 + account_id) % ${SPEEDS}, count(*), 0
      from application where state = 'rejected' group by 1, 2, 3, 4, 5, 6;
    with recursive n(i) as (select cast(0 as bigint) union all select i + 1 from n where i < ${CALLBACKS - 1})
    insert into callback_delivery (account_id, delivery_no, application_no, event, message, state, attempts, created_at,
      started_at, due_at, leased_until, delivered_at)
      select ${FIRST_ACCOUNT_ID} + i % ${ACCOUNTS}, 1 + i / ${ACCOUNTS}, ${FIRST_APPLICATION_NO}, 'bench', '{}', 'delivered', 1,
        ${now} - i * 100, ${now} - i * 100, ${now}, 0, ${now} - i * 100 from n;
    analyze`,
  )
}
