import { hash } from 'node:crypto'
import type { ListedApplication } from '../applications/application.store.ts'
import { listApplications } from '../applications/application-list.store.ts'
import { moveDueTimes } from '../applications/move-due-times.ts'
import type { Review } from '../applications/review.ts'
import { changeInstallation } from '../journal/change-installation.ts'
import type { Calendar } from '../time/working-days.ts'
import { findComputedCalendar, saveComputedCalendar } from './policy.store.ts'

/** Open applications that are read at once. */
const PAGE = 500

/**
 * Let the due times of open applications follow the calendar and the working days of the policy, if one of them changed since
 * they were computed last: by staff, or by a new version of the program. It may end at any point, and begins anew then.
 *
 * @param kept what this server kept last: another one, of another version, may have computed by something else since, and two
 *   that know different calendars would undo each other's work for ever
 * @returns what is kept now, and how many were moved; undefined when nothing had changed
 */
export async function keepDueTimes(review: Review, kept?: string): Promise<{ kept: string; moved?: number }> {
  const { db, clock } = review
  const wanted = hashOf(review.calendar(), review.policy().reviewWorkingDays)
  const computed = await findComputedCalendar(db)
  if (computed === wanted || kept === wanted) return { kept: wanted }
  let moved = 0
  for await (const page of pagesOfOpen(review)) {
    const byAccount = Map.groupBy(page, ({ accountId }) => accountId)
    for (const [accountId, applications] of byAccount) moved += await moveDueTimes(review, accountId, applications)
  }
  const at = clock.installation()
  await saveComputedCalendar(db, wanted, at)
  if (computed === undefined && moved === 0) return { kept: wanted, moved }
  await changeInstallation(db, async (installation) => {
    installation.append({ at, actor: 'calendar', action: 'due_times.recompute', detail: { moved } })
  })
  return { kept: wanted, moved }
}

/** The most urgent first. One that moves back while they are read comes once more. */
async function* pagesOfOpen({ db }: Review): AsyncGenerator<ListedApplication[]> {
  let after: Parameters<typeof listApplications>[3]
  for (;;) {
    const page = await listApplications(db, { state: 'under_review' }, PAGE, after)
    yield page
    const last = page.at(PAGE - 1)
    if (!last) return
    after = { at: last.dueAt.getTime(), accountId: last.accountId, applicationNo: last.applicationNo }
  }
}

function hashOf({ holidays, workdays, years }: Calendar, reviewWorkingDays: number): string {
  const known = [holidays, workdays, years].map((dates) => [...dates].toSorted())
  return hash('sha256', JSON.stringify([reviewWorkingDays, ...known]))
}
