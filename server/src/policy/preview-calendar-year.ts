import { PREVIEWED_APPLICATIONS_MAX } from '@shenpi/sdk/contract/api'
import { listApplications } from '../applications/application-list.store.ts'
import type { Review } from '../applications/review.ts'
import { BUILT_IN_CALENDAR, type CalendarYear, dueAt, withYears } from '../time/working-days.ts'
import { assertYear } from './load-calendar-year.ts'
import { listCalendarYears } from './policy.store.ts'

/** Applications that are read at once. */
const PAGE = 500

interface Preview {
  /** Those that would be due at another time. */
  moved: number
  lookedAt: number
  /** Whether these are all that are open. */
  isAll: boolean
}

/** What loading a year would do to the due times of open applications. @throws Problem `calendar.invalid` */
export async function previewCalendarYear({ db, policy }: Review, year: CalendarYear): Promise<Preview> {
  assertYear(year)
  const others = (await listCalendarYears(db)).filter((loaded) => loaded.year !== year.year)
  const calendar = withYears(BUILT_IN_CALENDAR, [...others, year])
  const days = policy().reviewWorkingDays
  const preview = { moved: 0, lookedAt: 0, isAll: true }
  let after: Parameters<typeof listApplications>[3]
  while (preview.lookedAt < PREVIEWED_APPLICATIONS_MAX) {
    const page = await listApplications(db, { state: 'under_review' }, PAGE, after)
    const moved = page.filter((each) => dueAt(each.appliedAt, days, calendar).getTime() !== each.dueAt.getTime())
    preview.moved += moved.length
    preview.lookedAt += page.length
    const last = page.at(PAGE - 1)
    if (!last) return preview
    after = { at: last.dueAt.getTime(), accountId: last.accountId, applicationNo: last.applicationNo }
  }
  return { ...preview, isAll: false }
}
