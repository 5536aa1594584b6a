import type { ApplicationState, KindName, TraceKind } from '@shenpi/sdk/contract/states'
import type { Kysely } from 'kysely'
import type { ApplicationKey } from '../applications/application-id.ts'
import type { Schema } from '../db/schema.ts'
import { prepared } from '../db/statements.ts'
import type { Trace } from '../traces/trace.ts'

/** An application that has a trace. */
export interface TracedApplication extends ApplicationKey {
  kind: KindName
  state: ApplicationState
  subject: string
  appliedAt: Date
}

const selectTraces = prepared((db, { accountId, applicationNo, limit }: ApplicationKey & { limit: number }) =>
  db
    .selectFrom('application_trace')
    .select(['kind', 'value'])
    .where('account_id', '=', accountId)
    .where('application_no', '=', applicationNo)
    .orderBy('kind')
    .orderBy('value')
    .limit(limit),
)

/** The traces of an application. */
export const listTraces = (db: Kysely<Schema>, key: ApplicationKey, limit: number): Promise<Trace[]> =>
  selectTraces(db, { ...key, limit })

/** Of the accounts below one, the latest of each first. */
interface Below {
  kind: TraceKind
  value: string
  belowId: number
  limit: number
}

const selectSharing = prepared((db, { kind, value, belowId, limit }: Below) =>
  db
    .selectFrom('application_trace as t')
    .innerJoin('application as a', (join) =>
      join.onRef('a.account_id', '=', 't.account_id').onRef('a.application_no', '=', 't.application_no'),
    )
    .select(['a.account_id', 'a.application_no', 'a.kind', 'a.state', 'a.subject', 'a.applied_at'])
    .where('t.kind', '=', kind)
    .where('t.value', '=', value)
    .where('t.account_id', '<', belowId)
    .orderBy('t.account_id', 'desc')
    .orderBy('t.application_no', 'desc')
    .limit(limit),
)

/** Applications of all accounts that have a trace: the newest accounts first, of each the latest. */
export async function listSharing(
  db: Kysely<Schema>,
  { kind, value }: Trace,
  { belowId, limit }: Pick<Below, 'belowId' | 'limit'>,
): Promise<TracedApplication[]> {
  const rows = await selectSharing(db, { kind, value, belowId, limit })
  return rows.map((row) => ({
    accountId: row.account_id,
    applicationNo: row.application_no,
    kind: row.kind,
    state: row.state,
    subject: row.subject,
    appliedAt: new Date(row.applied_at),
  }))
}

const selectBeginning = prepared(
  (db, { kind, from, to, limit }: { kind: TraceKind; from: string; to: string; limit: number }) =>
    db
      .selectFrom('application_trace')
      .select(['account_id', 'application_no', 'value'])
      .where('kind', '=', kind)
      .where('value', '>=', from)
      .where('value', '<', to)
      .orderBy('value')
      .limit(limit),
)

/** Applications of all accounts that have a trace whose value begins so. */
export async function listBeginning(
  db: Kysely<Schema>,
  { kind, value }: Trace,
  limit: number,
): Promise<(ApplicationKey & { value: string })[]> {
  const rows = await selectBeginning(db, { kind, from: value, to: `${value}\u{10ffff}`, limit })
  return rows.map((row) => ({ accountId: row.account_id, applicationNo: row.application_no, value: row.value }))
}
