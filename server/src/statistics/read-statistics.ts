import type { CountedSubject } from '@shenpi/sdk/contract/states'
import { STATISTICS_DAYS, STATISTICS_PAGE } from '@shenpi/sdk/contract/wire'
import type { Database } from '../db/open.ts'
import { Problem } from '../problem.ts'
import { chinaDay } from '../time/china-time.ts'
import type { Clock } from '../time/clock.ts'
import { type CountsOfDay, type CountsOfSubject, listDays, listSubjects } from './statistics.store.ts'

/** @param seconds Unix seconds at any time of the day */
const dayOf = (seconds: number) => chinaDay(new Date(seconds * 1000))

/**
 * The days of a range, both ends included: yesterday at the latest, at most 90 days back, at most 30 days apart.
 * Source: docs/protocol/shakearound.md, Statistics.
 *
 * @param range Unix seconds
 * @throws Problem `statistics.range_invalid`
 */
export function daysOfRange(range: { begin: number; end: number }, now: Date): { firstDay: number; lastDay: number } {
  const today = chinaDay(now)
  const [firstDay, lastDay] = [dayOf(range.begin), dayOf(range.end)]
  const isAllowed =
    firstDay <= lastDay &&
    lastDay - firstDay <= STATISTICS_DAYS.span &&
    firstDay >= today - STATISTICS_DAYS.back &&
    lastDay < today
  if (!isAllowed) throw new Problem('statistics.range_invalid')
  return { firstDay, lastDay }
}

/** The statistics of a device or a page, day by day, without empty days. */
export async function readDays(
  { db, clock }: { db: Database; clock: Clock },
  of: { accountId: number; subject: CountedSubject; subjectId: number; begin: number; end: number },
): Promise<CountsOfDay[]> {
  return await listDays(db, { ...of, ...daysOfRange(of, clock.now(of.accountId)) })
}

/** The statistics of one day, device by device or page by page: those with the most people first, 50 a page. */
export async function readSubjects(
  { db, clock }: { db: Database; clock: Clock },
  {
    accountId,
    subject,
    date,
    pageIndex,
  }: { accountId: number; subject: CountedSubject; date: number; pageIndex: number },
): Promise<{ rows: CountsOfSubject[]; total: number; day: number }> {
  const { firstDay: day } = daysOfRange({ begin: date, end: date }, clock.now(accountId))
  const page = { offset: (pageIndex - 1) * STATISTICS_PAGE, limit: STATISTICS_PAGE }
  return { ...(await listSubjects(db, { accountId, subject, day, ...page })), day }
}
