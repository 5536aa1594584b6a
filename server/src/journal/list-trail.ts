import type { Kysely } from 'kysely'
import type { Schema } from '../db/schema.ts'
import { listInstallationEntries } from './installation.store.ts'
import { listEntries } from './journal.store.ts'
import type { EntryRow } from './trail-entry.ts'

interface TrailFilter {
  /** Undefined: the installation's own trail. */
  accountId: number | undefined
  applicationNo?: number
  actor?: string | undefined
  action?: string | undefined
}

/** Entries that are looked at together: their numbers have no gap. */
const WINDOW = 500
/** So many of them at most for one page, whatever fits the filter: a long trail holds nobody up. */
const LOOKED_AT_MAX = 5000

/**
 * The newest entries of a trail that fit, before entry number `before`.
 *
 * @returns with `goesOn`: before which entry the next page begins; undefined at the trail's begin
 */
export async function listTrail(
  db: Kysely<Schema>,
  filter: TrailFilter,
  limit: number,
  before: number,
): Promise<{ entries: EntryRow[]; goesOn: number | undefined }> {
  const entries: EntryRow[] = []
  const end = Math.max(0, before - LOOKED_AT_MAX)
  for (let to = before - 1; to > end; to -= WINDOW) {
    const from = Math.max(end + 1, to - WINDOW + 1)
    const window = await readWindow(db, filter.accountId, from, to)
    for (const entry of window.toReversed()) {
      if (fits(entry, filter)) entries.push(entry)
      if (entries.length === limit) return { entries, goesOn: entry.entry_no > 1 ? entry.entry_no : undefined }
    }
  }
  return { entries, goesOn: end > 0 ? end + 1 : undefined }
}

const readWindow = (db: Kysely<Schema>, accountId: number | undefined, from: number, to: number) =>
  accountId === undefined ? listInstallationEntries(db, { from, to }) : listEntries(db, { accountId, from, to })

const fits = (entry: EntryRow, { applicationNo, actor, action }: TrailFilter): boolean =>
  (applicationNo === undefined || entry.application_no === applicationNo) &&
  (actor === undefined || entry.actor === actor) &&
  (action === undefined || entry.action === action)
