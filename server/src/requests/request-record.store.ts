import type { Kysely, Selectable } from 'kysely'
import { insertRows } from '../db/lists.ts'
import type { Schema } from '../db/schema.ts'
import { prepared } from '../db/statements.ts'
import type { RequestRecord } from './request-record.ts'

/** Rows that one statement deletes. */
const DELETED_AT_ONCE = 500

const insertAll = prepared((db, { records }: { records: ReturnType<typeof toRow>[] }) =>
  insertRows(db, 'request_record', records, {
    account_id: 'bigint',
    rid: 'text',
    at: 'bigint',
    cost_ms: 'bigint',
    url: 'text',
    request_body: 'text',
    response_body: 'text',
    client_ip: 'text',
    path: 'text',
    problem: 'text',
    ended_at_check: 'text',
    findings: 'text',
    injected_by: 'text',
    outcome_by: 'text',
    ahead_ms: 'bigint',
  }).onConflict((conflict) => conflict.columns(['account_id', 'rid']).doNothing()),
)

/** Insert records, all or none. One that is there already stays: the answer to its first insert was lost. */
export async function insertRecords(db: Kysely<Schema>, records: readonly RequestRecord[]): Promise<void> {
  if (records.length > 0) await insertAll(db, { records: records.map(toRow) })
}

const toRow = (record: RequestRecord) => ({
  account_id: record.accountId,
  rid: record.rid,
  at: record.at.getTime(),
  cost_ms: record.costMs,
  url: record.url,
  request_body: record.requestBody,
  response_body: record.responseBody,
  client_ip: record.clientIp,
  path: record.path,
  problem: record.problem,
  ended_at_check: record.endedAt,
  findings: record.findings,
  injected_by: record.injectedBy,
  outcome_by: record.outcomeBy,
  ahead_ms: record.aheadMs,
})

const toRecord = (row: Selectable<Schema['request_record']>): RequestRecord => ({
  accountId: row.account_id,
  rid: row.rid,
  at: new Date(row.at),
  costMs: row.cost_ms,
  url: row.url,
  requestBody: row.request_body,
  responseBody: row.response_body,
  clientIp: row.client_ip,
  path: row.path,
  problem: row.problem,
  endedAt: row.ended_at_check,
  findings: row.findings,
  injectedBy: row.injected_by,
  outcomeBy: row.outcome_by,
  aheadMs: row.ahead_ms,
})

export async function findRecord(
  db: Kysely<Schema>,
  { accountId, rid }: { accountId: number; rid: string },
): Promise<RequestRecord | undefined> {
  const row = await db
    .selectFrom('request_record')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('rid', '=', rid)
    .executeTakeFirst()
  return row && toRecord(row)
}

export interface RecordsPage {
  accountId: number
  /** Refusals alone. */
  isRefused?: boolean
  /** Where it goes on: after the one of this time and rid. */
  after?: { at: number; rid: string } | undefined
  limit: number
}

/** An account's requests, the newest first. */
export async function listRecords(db: Kysely<Schema>, page: RecordsPage): Promise<RequestRecord[]> {
  const { accountId, isRefused = false, after, limit } = page
  const rows = await db
    .selectFrom('request_record')
    .selectAll()
    .where('account_id', '=', accountId)
    .$if(isRefused, (query) => query.where('problem', 'is not', null))
    .$if(after !== undefined, (query) =>
      query.where(({ eb, refTuple, tuple }) => eb(refTuple('at', 'rid'), '<', tuple(after?.at ?? 0, after?.rid ?? ''))),
    )
    .orderBy('at', 'desc')
    .orderBy('rid', 'desc')
    .limit(limit)
    .execute()
  return rows.map(toRecord)
}

/** The account that has a request of that rid. */
export async function findAccountOfRid(db: Kysely<Schema>, rid: string): Promise<number | undefined> {
  const row = await db
    .selectFrom('request_record')
    .select('account_id')
    .where('rid', '=', rid)
    .limit(1)
    .executeTakeFirst()
  return row?.account_id
}

/** Delete an account's records from before `before`, and all but about the newest `keep`. */
export async function deleteRecords(
  db: Kysely<Schema>,
  { accountId, before, keep }: { accountId: number; before: Date; keep: number },
): Promise<void> {
  const oldestKept = await db
    .selectFrom('request_record')
    .select('at')
    .where('account_id', '=', accountId)
    .orderBy('at', 'desc')
    .offset(keep - 1)
    .limit(1)
    .executeTakeFirst()
  const old = db
    .selectFrom('request_record')
    .select('rid')
    .where('account_id', '=', accountId)
    .where('at', '<', Math.max(before.getTime(), oldestKept?.at ?? 0))
    .orderBy('at')
    .limit(DELETED_AT_ONCE)
  let deleted = DELETED_AT_ONCE
  while (deleted === DELETED_AT_ONCE) {
    const { numDeletedRows } = await db
      .deleteFrom('request_record')
      .where('account_id', '=', accountId)
      .where('rid', 'in', old)
      .executeTakeFirstOrThrow()
    deleted = Number(numDeletedRows)
  }
}
