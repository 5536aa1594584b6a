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
  const at = clock.now()
  await changeInstallation(db, async (installation) => {
    await saveCalendarYear(installation.trx, loaded, at)
    installation.append({ at, actor: actorName(actor), action: 'calendar.load', detail: loaded })
  })
  await policy.refresh()
}

/** @throws Problem `calendar.invalid` */
function assertYear({ year, holidays, workdays }: CalendarYear): void {
  for (const date of [...holidays, ...workdays]) {
    if (!isDateOf(date, year)) throw new Problem('calendar.invalid', `${date} is no day of ${year}.`)
  }
  if (!holidays.includes(`${year}-10-01`)) throw new Problem('calendar.invalid', `${year}-10-01 is missing.`)
  const twice = workdays.find((date) => holidays.includes(date))
  if (twice) throw new Problem('calendar.invalid', `${twice} is a holiday and a working day.`)
  const inWeek = workdays.find((date) => ![0, 6].includes(new Date(date).getUTCDay()))
  if (inWeek) throw new Problem('calendar.invalid', `${inWeek} is worked anyway: it is neither Saturday nor Sunday.`)
}

/** Of the year, or of the December before, into which New Year may reach. */
function isDateOf(date: string, year: number): boolean {
  const day = new Date(date)
  if (Number.isNaN(day.getTime()) || day.toISOString().slice(0, 10) !== date) return false
  return date.startsWith(`${year}-`) || date.startsWith(`${year - 1}-12-`)
}
