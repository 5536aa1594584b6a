import type { Kysely, Selectable, Transaction } from 'kysely'
import { insertRows } from '../db/lists.ts'
import type { Schema } from '../db/schema.ts'
import { prepared } from '../db/statements.ts'
import { type Trace, traceNo } from './trace.ts'

type Row = Selectable<Schema['application_trace']>
type BacklogRow = Selectable<Schema['trace_backlog']>

/** Whose traces they are. */
interface Traced {
  accountId: number
  applicationNo: number
}

const insertAll = prepared((db, { traces }: { traces: Row[] }) =>
  insertRows(db, 'application_trace', traces, {
    trace: 'bigint',
    account_id: 'bigint',
    application_no: 'bigint',
  }).onConflict((conflict) => conflict.doNothing()),
)

/** Citus plans the insert of a list on its coordinator, and that of one row on the account's node. */
const insertOne = prepared((db, row: Row) =>
  db
    .insertInto('application_trace')
    .values({ trace: row.trace, account_id: row.account_id, application_no: row.application_no })
    .onConflict((conflict) => conflict.doNothing()),
)

/** Lay traces of an application. One that is there stays. */
export async function insertTraces(
  db: Kysely<Schema>,
  { accountId, applicationNo }: Traced,
  traces: readonly Trace[],
): Promise<void> {
  const rows = traces.map((trace) => ({
    trace: traceNo(trace),
    account_id: accountId,
    application_no: applicationNo,
  }))
  const [row] = rows
  if (row && rows.length === 1) await insertOne(db, row)
  else if (row) await insertAll(db, { traces: rows })
}

const insertBacklog = prepared((db, row: BacklogRow) =>
  db.insertInto('trace_backlog').values({
    account_id: row.account_id,
    first_no: row.first_no,
    next_no: row.next_no,
  }),
)

/** Leave an application to whoever looks at its photos, which takes too long for a submission. */
export async function leaveToBacklog(trx: Transaction<Schema>, { accountId, applicationNo }: Traced): Promise<void> {
  await insertBacklog(trx, { account_id: accountId, first_no: applicationNo, next_no: applicationNo })
}
