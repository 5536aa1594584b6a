import { type CalendarFault, calendarFaults, entriesOf } from '@shenpi/sdk/contract/calendar-year'
import type { Kysely } from 'kysely'
import { type Actor, actorName } from '../actors/actor.ts'
import type { Schema } from '../db/schema.ts'
import { changeInstallation } from '../journal/change-installation.ts'
import { Problem } from '../problem.ts'
import type { Clock } from '../time/clock.ts'
import type { CalendarYear } from '../time/working-days.ts'
import type { LivePolicy } from './live-policy.ts'
import { saveCalendarYear } from './policy.store.ts'

interface CalendarParts {
  db: Kysely<Schema>
  clock: Clock
  policy: LivePolicy
}

/**
 * Load the official holidays of a year. The due times of open applications follow within a minute: see `keepDueTimes`.
 *
 * @throws Problem `calendar.invalid`
 */
export async function loadCalendarYear({ db, clock, policy }: CalendarParts, loaded: CalendarYear, actor: Actor) {
  assertYear(loaded)
  const at = clock.installation()
  await changeInstallation(db, async (installation) => {
    await saveCalendarYear(installation.trx, loaded, at)
    installation.append({ at, actor: actorName(actor), action: 'calendar.load', detail: loaded })
  })
  await policy.refresh()
}

/** What is wrong with a date. */
const FAULTS: Readonly<Record<CalendarFault, string>> = {
  no_date: 'is no date.',
  other_year: 'is of another year.',
  twice: 'stands there twice.',
  worked_anyway: 'is worked anyway: it is neither Saturday nor Sunday.',
  national_day: 'is missing.',
}

/** @throws Problem `calendar.invalid` */
export function assertYear({ year, ...days }: CalendarYear): void {
  const [first] = calendarFaults(year, entriesOf(days))
  if (first) throw new Problem('calendar.invalid', `${first.entry?.date ?? `${year}-10-01`} ${FAULTS[first.fault]}`)
}
