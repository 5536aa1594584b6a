import type { Kysely } from 'kysely'
import type { Schema } from '../db/schema.ts'
import type { Trace } from '../traces/trace.ts'
import { listSharing, type TracedApplication } from './traced-application.store.ts'

/** Looks for the applications of one trace: what one account has filled takes one. */
const LOOKS_MAX = 10

interface Sharing {
  /** The newest accounts first, of each the latest ones. */
  applications: TracedApplication[]
  /** Those of accounts that have more, as far as they were seen. */
  surplus: TracedApplication[]
  /** There may be others, which were not looked at. */
  more: boolean
}

/** Find applications with a trace, few of each account: one that has very many hides no other. */
export async function findSharing(
  db: Kysely<Schema>,
  trace: Trace,
  { max, ofAccountMax, exceptAccount = 0 }: { max: number; ofAccountMax: number; exceptAccount?: number },
): Promise<Sharing> {
  const applications: TracedApplication[] = []
  const surplus: TracedApplication[] = []
  const ofAccount = new Map<number, number>()
  let belowId = Number.MAX_SAFE_INTEGER
  let more = true
  for (let looks = 0; more && looks < LOOKS_MAX && applications.length < max; looks += 1) {
    const rows = await listSharing(db, trace, { belowId, limit: max })
    for (const row of rows) {
      if (row.accountId === exceptAccount) continue
      const count = ofAccount.get(row.accountId) ?? 0
      ofAccount.set(row.accountId, count + 1)
      const isFew = count < ofAccountMax
      ;(isFew ? applications : surplus).push(row)
    }
    more = rows.length === max
    // Behind the last account, whatever else it has.
    belowId = rows.at(-1)?.accountId ?? 0
  }
  return { applications, surplus, more }
}
