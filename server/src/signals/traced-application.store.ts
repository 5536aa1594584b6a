import type { ApplicationState, KindName } from '@shenpi/sdk/contract/states'
import type { Kysely } from 'kysely'
import type { ApplicationKey } from '../applications/application-id.ts'
import type { Schema } from '../db/schema.ts'
import { prepared } from '../db/statements.ts'
import { type Trace, traceNo } from '../traces/trace.ts'

/** An application that has a trace. */
export interface TracedApplication extends ApplicationKey {
  kind: KindName
  state: ApplicationState
  subject: string
  appliedAt: Date
}

/** Of the accounts below one, the latest of each first. */
interface Below {
  trace: number
  belowId: number
  limit: number
}

const selectSharing = prepared((db, { trace, belowId, limit }: Below) =>
  db
    .selectFrom('application_trace as t')
    .innerJoin('application as a', (join) =>
      join.onRef('a.account_id', '=', 't.account_id').onRef('a.application_no', '=', 't.application_no'),
    )
    .select(['a.account_id', 'a.application_no', 'a.kind', 'a.state', 'a.subject', 'a.applied_at'])
    .where('t.trace', '=', trace)
    .where('t.account_id', '<', belowId)
    .orderBy('t.account_id', 'desc')
    .orderBy('t.application_no', 'desc')
    .limit(limit),
)

/** Applications of all accounts that have a trace: the newest accounts first, of each the latest. */
export async function listSharing(
  db: Kysely<Schema>,
  trace: Trace,
  { belowId, limit }: Pick<Below, 'belowId' | 'limit'>,
): Promise<TracedApplication[]> {
  const rows = await selectSharing(db, { trace: traceNo(trace), belowId, limit })
  return rows.map((row) => ({
    accountId: row.account_id,
    applicationNo: row.application_no,
    kind: row.kind,
    state: row.state,
    subject: row.subject,
    appliedAt: new Date(row.applied_at),
  }))
}
