import type { Kysely } from 'kysely'
import type { Schema } from '../../db/schema.ts'
import { findLastEntryNo, listEntries } from '../../journal/journal.store.ts'
import type { EntryRow } from '../../journal/trail-entry.ts'
import { chinaDay, chinaMonth, midnightOf } from '../../time/china-time.ts'
import { listOverdue, listTokenEnds, listTriedSince, type TriedCallback } from './timeline.store.ts'

/** What happened to an account at a time of its own. */
export type Happening =
  | { type: 'entry'; at: Date; entry: EntryRow }
  | { type: 'callback'; at: Date; tried: TriedCallback }
  | { type: 'overdue'; at: Date; applicationNo: number }
  | { type: 'token_end'; at: Date }
  | { type: 'day_begin'; at: Date }
  | { type: 'month_begin'; at: Date }

/** So many of one type are told of at most: the earliest. */
export const HAPPENINGS_MAX = 1000

/** In which order things of one moment are told. */
const ORDER: readonly Happening['type'][] = ['month_begin', 'day_begin', 'token_end', 'overdue', 'entry', 'callback']

/** What happens to an account from now on, as its records tell. @param from its time now */
export async function watchTimeline(db: Kysely<Schema>, accountId: number, from: Date) {
  const entryNo = await findLastEntryNo(db, accountId)
  const limit = HAPPENINGS_MAX
  const since = { accountId, since: from, limit }
  const nameOf = ({ deliveryNo, attemptNo }: TriedCallback) => `${deliveryNo} ${attemptNo}`
  // Those of the very moment: a clock that stands still has made others before.
  const triedBefore = new Set((await listTriedSince(db, since)).map(nameOf))

  return async (to: Date): Promise<Happening[]> => {
    const between = { accountId, from, to, limit }
    const entries = await listEntries(db, { accountId, from: entryNo + 1, to: entryNo + limit })
    const tried = await listTriedSince(db, since)
    const happenings: Happening[] = [
      ...begins(from, to),
      ...(await listTokenEnds(db, between)).map((at) => ({ type: 'token_end' as const, at })),
      ...(await listOverdue(db, between)).map((overdue) => ({ type: 'overdue' as const, ...overdue })),
      ...entries.map((entry) => ({ type: 'entry' as const, at: new Date(entry.at), entry })),
      ...tried.flatMap((one) =>
        triedBefore.has(nameOf(one)) ? [] : [{ type: 'callback' as const, at: one.at, tried: one }],
      ),
    ]
    // Stable: those of one type stand in their own order.
    return happenings.sort((a, b) => a.at.getTime() - b.at.getTime() || ORDER.indexOf(a.type) - ORDER.indexOf(b.type))
  }
}

/** Days and months that begin behind `from`, up to `to`: counts of calls and statistics begin anew with them. */
function begins(from: Date, to: Date): Happening[] {
  const happenings: Happening[] = []
  const last = Math.min(chinaDay(to), chinaDay(from) + HAPPENINGS_MAX)
  for (let day = chinaDay(from) + 1; day <= last; day += 1) {
    const at = midnightOf(day)
    if (chinaMonth(at) !== chinaMonth(midnightOf(day - 1))) happenings.push({ type: 'month_begin', at })
    happenings.push({ type: 'day_begin', at })
  }
  return happenings
}
