import type { ApplicationState, KindName } from '@shenpi/sdk/contract/states'
import { type Kysely, type Selectable, sql, type Transaction } from 'kysely'
import { isNullViolation } from '../db/open.ts'
import type { Schema } from '../db/schema.ts'
import { prepared } from '../db/statements.ts'
import { Problem } from '../problem.ts'
import type { Application, Claim } from './application.ts'
import type { ApplicationKey } from './application-id.ts'

type Row = Selectable<Schema['application']>

/** What a list shows of an application. */
export type ListedApplication = Omit<Application, 'subject'>

export const toApplication = (row: Row): Application => ({ ...toListedApplication(row), subject: row.subject })

export const toListedApplication = (row: Omit<Row, 'subject'>): ListedApplication => ({
  accountId: row.account_id,
  applicationNo: row.application_no,
  kind: row.kind,
  state: row.state,
  payload: toPayload(row.payload),
  version: row.version,
  appliedAt: new Date(row.applied_at),
  dueAt: new Date(row.due_at),
  decidedAt: row.decided_at === null ? null : new Date(row.decided_at),
  decidedBy: row.decided_by,
  reason: row.reason,
  resubmissionOf: row.resubmission_of,
  stage: row.stage,
  claim: toClaim(row),
  rejectedFields: toNames(row.rejected_fields),
})

export function toClaim(row: Pick<Row, 'claimed_by' | 'claimed_name' | 'claimed_until'>): Claim | null {
  if (row.claimed_by === null || row.claimed_until === 0) return null
  return { actorKey: row.claimed_by, name: row.claimed_name ?? '', until: new Date(row.claimed_until) }
}

/** The names in a JSON array. */
export const toNames = (json: string | null): string[] => (json === null ? [] : JSON.parse(json))

/** Invalid JSON stays a text, which fits no kind. */
export function toPayload(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

const toRow = (application: Application): Row => ({
  account_id: application.accountId,
  application_no: application.applicationNo,
  kind: application.kind,
  subject: application.subject,
  state: application.state,
  payload: JSON.stringify(application.payload),
  version: application.version,
  applied_at: application.appliedAt.getTime(),
  due_at: application.dueAt.getTime(),
  decided_at: application.decidedAt?.getTime() ?? null,
  decided_by: application.decidedBy,
  reason: application.reason,
  resubmission_of: application.resubmissionOf,
  stage: application.stage,
  claimed_by: application.claim?.actorKey ?? null,
  claimed_name: application.claim?.name ?? null,
  claimed_until: application.claim?.until.getTime() ?? 0,
  rejected_fields: application.rejectedFields.length > 0 ? JSON.stringify(application.rejectedFields) : null,
})

const selectByKey = prepared((db, { accountId, applicationNo }: ApplicationKey) =>
  db
    .selectFrom('application')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('application_no', '=', applicationNo),
)

const selectStanding = prepared((db, { accountId, applicationNo }: ApplicationKey) =>
  db
    .selectFrom('application')
    .select(['kind', 'state', 'reason', 'applied_at', 'decided_at'])
    .where('account_id', '=', accountId)
    .where('application_no', '=', applicationNo),
)

const selectLatest = prepared(
  (db, { accountId, kind, subject }: { accountId: number; kind: KindName; subject: string }) =>
    db
      .selectFrom('application')
      .selectAll()
      .where('account_id', '=', accountId)
      .where('kind', '=', kind)
      .where('subject', '=', subject)
      .orderBy('application_no', 'desc')
      .limit(1),
)

const insertRow = prepared((db, row: Row) =>
  db.insertInto('application').values({
    account_id: row.account_id,
    application_no: row.application_no,
    kind: row.kind,
    subject: row.subject,
    state: row.state,
    payload: row.payload,
    version: row.version,
    applied_at: row.applied_at,
    due_at: row.due_at,
    decided_at: row.decided_at,
    decided_by: row.decided_by,
    reason: row.reason,
    resubmission_of: row.resubmission_of,
  }),
)

/** A row of another state or version would get no version, which the table refuses: see `isChangedSince`. */
const updateDecided = prepared((db, row: Row & { read_state: ApplicationState; read_version: number }) =>
  db
    .updateTable('application')
    .set({
      state: row.state,
      version: sql<number>`case when version = ${row.read_version} and state = ${row.read_state} then cast(${row.version} as integer) end`,
      decided_at: row.decided_at,
      decided_by: row.decided_by,
      reason: row.reason,
      stage: row.stage,
      claimed_by: row.claimed_by,
      claimed_name: row.claimed_name,
      claimed_until: row.claimed_until,
      rejected_fields: row.rejected_fields,
    })
    .where('account_id', '=', row.account_id)
    .where('application_no', '=', row.application_no),
)

export async function findApplication(db: Kysely<Schema>, key: ApplicationKey): Promise<Application | undefined> {
  const [row] = await selectByKey(db, key)
  return row && toApplication(row)
}

/** The state of an application. */
export type Standing = Pick<Application, 'kind' | 'state' | 'reason' | 'appliedAt' | 'decidedAt'>

/** The columns that merchants poll for, and no others. */
export async function findStanding(db: Kysely<Schema>, key: ApplicationKey): Promise<Standing | undefined> {
  const [row] = await selectStanding(db, key)
  if (!row) return undefined
  const { kind, state, reason, applied_at, decided_at } = row
  const decidedAt = decided_at === null ? null : new Date(decided_at)
  return { kind, state, reason, appliedAt: new Date(applied_at), decidedAt }
}

/** @throws Problem `application.unknown` */
export async function getApplication(db: Kysely<Schema>, key: ApplicationKey): Promise<Application> {
  const application = await findApplication(db, key)
  if (!application) throw new Problem('application.unknown')
  return application
}

/** The last application of an account about a subject. */
export async function findLatestApplication(
  db: Kysely<Schema>,
  about: { accountId: number; kind: KindName; subject: string },
): Promise<Application | undefined> {
  const [row] = await selectLatest(db, about)
  return row && toApplication(row)
}

/** @throws Error of the database (see `isUniqueViolation`) when another application about the subject is open. */
export async function insertApplication(trx: Transaction<Schema>, application: Application): Promise<void> {
  await insertRow(trx, toRow(application))
}

/** @throws Error of the database (see `isChangedSince`) when it was changed since `before` was read. */
export async function saveDecision(trx: Transaction<Schema>, before: Application, after: Application): Promise<void> {
  const { state: read_state, version: read_version } = before
  await updateDecided(trx, { ...toRow(after), read_state, read_version })
}

/** @returns whether it was open, and due then */
export async function saveDueTime(
  trx: Transaction<Schema>,
  { accountId, applicationNo }: ApplicationKey,
  from: Date,
  to: Date,
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('application')
    .set({ due_at: to.getTime() })
    .where('account_id', '=', accountId)
    .where('application_no', '=', applicationNo)
    .where('state', '=', 'under_review')
    .where('due_at', '=', from.getTime())
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

/** Whether a decision failed because the application was changed since it was read. */
export const isChangedSince = (error: unknown): boolean => isNullViolation(error, 'version')
