import type { Kysely } from 'kysely'
import type { Schema } from '../db/schema.ts'
import { findRange, type Period, readEntries, type TrailOwner } from './read-trail.ts'
import type { EntryRow } from './trail-entry.ts'

interface TrailFilter extends Period {
  accountId: TrailOwner
  applicationNo?: number
  actor?: string | undefined
  action?: string | undefined
}

/** Entries that are looked at together: their numbers have no gap. */
const WINDOW = 500
/** So many of them at most for one page, whatever fits the filter: a long trail holds nobody up. */
const LOOKED_AT_MAX = 5000

/**
 * The newest entries of a trail that fit.
 *
 * @param goesOnBefore the entry that the page before ended at
 * @returns with `goesOn`: before which entry the next page begins; undefined at the trail's begin
 */
export async function listTrail(
  db: Kysely<Schema>,
  filter: TrailFilter,
  limit: number,
  goesOnBefore = Number.POSITIVE_INFINITY,
): Promise<{ entries: EntryRow[]; goesOn: number | undefined }> {
  const entries: EntryRow[] = []
  const { first, last } = await findRange(db, filter.accountId, filter)
  const before = Math.min(goesOnBefore, last + 1)
  const end = Math.max(first - 1, before - LOOKED_AT_MAX)
  for (let to = before - 1; to > end; to -= WINDOW) {
    const from = Math.max(end + 1, to - WINDOW + 1)
    const window = await readEntries(db, filter.accountId, from, to)
    for (const entry of window.toReversed()) {
      if (fits(entry, filter)) entries.push(entry)
      if (entries.length === limit) return { entries, goesOn: entry.entry_no > first ? entry.entry_no : undefined }
    }
  }
  return { entries, goesOn: end >= first ? end + 1 : undefined }
}

const fits = (entry: EntryRow, { applicationNo, actor, action }: TrailFilter): boolean =>
  (applicationNo === undefined || entry.application_no === applicationNo) &&
  (actor === undefined || entry.actor === actor) &&
  (action === undefined || entry.action === action)
