import type { ReviewStage, ScheduledState } from '@shenpi/sdk/contract/states'
import type { Kysely, Selectable, Transaction } from 'kysely'
import type { Schema } from '../db/schema.ts'
import { prepared } from '../db/statements.ts'
import { toNames } from './application.store.ts'
import type { ApplicationKey } from './application-id.ts'
import type { Refusal, ScheduledDecision } from './scheduled-decision.ts'

type Row = Selectable<Schema['scheduled_decision']>

export const toScheduledDecision = (row: Row): ScheduledDecision => ({
  accountId: row.account_id,
  applicationNo: row.application_no,
  state: row.state,
  move: row.move,
  reason: row.reason,
  fields: toNames(row.fields),
  template: row.template === null ? null : JSON.parse(row.template),
  override: row.override === 1,
  version: row.version,
  actorKey: row.actor_key,
  actor: row.actor,
  decidedAt: new Date(row.decided_at),
  leadsTo: row.leads_to,
  bulkId: row.bulk_id,
  refusal: row.refusal === null ? null : JSON.parse(row.refusal),
  dueAt: new Date(row.due_at),
})

const toRow = (scheduled: ScheduledDecision): Row => ({
  account_id: scheduled.accountId,
  application_no: scheduled.applicationNo,
  state: scheduled.state,
  move: scheduled.move,
  reason: scheduled.reason,
  fields: JSON.stringify(scheduled.fields),
  template: scheduled.template && JSON.stringify(scheduled.template),
  override: scheduled.override ? 1 : 0,
  version: scheduled.version,
  actor_key: scheduled.actorKey,
  actor: scheduled.actor,
  decided_at: scheduled.decidedAt.getTime(),
  leads_to: scheduled.leadsTo,
  bulk_id: scheduled.bulkId,
  refusal: scheduled.refusal && JSON.stringify(scheduled.refusal),
  attempts: 0,
  due_at: scheduled.dueAt.getTime(),
  leased_until: 0,
})

const selectByKey = prepared((db, { accountId, applicationNo }: ApplicationKey) =>
  db
    .selectFrom('scheduled_decision')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('application_no', '=', applicationNo),
)

/** The last one of an application takes the place of the one before, which stands in the trail. */
const upsertRow = prepared((db, row: Row) => {
  const decided = {
    state: row.state,
    move: row.move,
    reason: row.reason,
    fields: row.fields,
    template: row.template,
    override: row.override,
    version: row.version,
    actor_key: row.actor_key,
    actor: row.actor,
    decided_at: row.decided_at,
    leads_to: row.leads_to,
    bulk_id: row.bulk_id,
    refusal: row.refusal,
    attempts: row.attempts,
    due_at: row.due_at,
    leased_until: row.leased_until,
  }
  return db
    .insertInto('scheduled_decision')
    .values({ account_id: row.account_id, application_no: row.application_no, ...decided })
    .onConflict((conflict) => conflict.columns(['account_id', 'application_no']).doUpdateSet(decided))
})

const updateEnd = prepared((db, end: ApplicationKey & { state: ScheduledState; refusal: string | null }) =>
  db
    .updateTable('scheduled_decision')
    .set({ state: end.state, refusal: end.refusal, leased_until: 0 })
    .where('account_id', '=', end.accountId)
    .where('application_no', '=', end.applicationNo),
)

const updateDue = prepared((db, { accountId, applicationNo, dueAt }: ApplicationKey & { dueAt: number }) =>
  db
    .updateTable('scheduled_decision')
    .set({ due_at: dueAt, leased_until: 0 })
    .where('account_id', '=', accountId)
    .where('application_no', '=', applicationNo)
    .where('state', '=', 'waiting'),
)

const updateStage = prepared((db, { accountId, applicationNo, stage }: ApplicationKey & { stage: ReviewStage }) =>
  db
    .updateTable('application')
    .set({ stage, claimed_by: null, claimed_name: null, claimed_until: 0 })
    .where('account_id', '=', accountId)
    .where('application_no', '=', applicationNo)
    .where('state', '=', 'under_review'),
)

export async function findScheduledDecision(
  db: Kysely<Schema>,
  { accountId, applicationNo }: ApplicationKey,
): Promise<ScheduledDecision | undefined> {
  const [row] = await selectByKey(db, { accountId, applicationNo })
  return row && toScheduledDecision(row)
}

export async function saveScheduledDecision(trx: Transaction<Schema>, scheduled: ScheduledDecision): Promise<void> {
  await upsertRow(trx, toRow(scheduled))
}

/** It waits no more. */
export async function endScheduledDecision(
  trx: Transaction<Schema>,
  { accountId, applicationNo }: ApplicationKey,
  state: Exclude<ScheduledState, 'waiting'>,
  refusal?: Refusal,
): Promise<void> {
  await updateEnd(trx, { accountId, applicationNo, state, refusal: refusal ? JSON.stringify(refusal) : null })
}

/** Have a job come back at another time, of the machine's. */
export async function postponeDecision(db: Kysely<Schema>, key: ApplicationKey, dueAt: Date): Promise<void> {
  await updateDue(db, { accountId: key.accountId, applicationNo: key.applicationNo, dueAt: dueAt.getTime() })
}

/** The application is nobody's then. */
export async function saveStage(trx: Transaction<Schema>, key: ApplicationKey, stage: ReviewStage): Promise<void> {
  await updateStage(trx, { accountId: key.accountId, applicationNo: key.applicationNo, stage })
}
