import type { OutcomeState } from '@shenpi/sdk/contract/states'
import { type Kysely, type Selectable, sql, type Transaction } from 'kysely'
import { toNames } from '../../applications/application.store.ts'
import type { Application } from '../../applications/application.ts'
import type { ApplicationKey } from '../../applications/application-id.ts'
import type { PolledApplications } from '../../applications/review.ts'
import type { Refusal } from '../../applications/scheduled-decision.ts'
import { isIn } from '../../db/lists.ts'
import type { Schema } from '../../db/schema.ts'
import { prepared, preparedByForm } from '../../db/statements.ts'
import type { GivenOutcome } from './outcome.ts'

type Row = Selectable<Schema['sandbox_outcome']>

export const toOutcome = (row: Row): GivenOutcome => ({
  accountId: row.account_id,
  applicationNo: row.application_no,
  state: row.state,
  actor: row.actor,
  move: row.move,
  reason: row.reason,
  fields: toNames(row.fields),
  pollsLeft: row.polls_left,
  dueAt: new Date(row.due_at),
  refusal: row.refusal === null ? null : JSON.parse(row.refusal),
})

const selectByKey = prepared((db, { accountId, applicationNo }: ApplicationKey) =>
  db
    .selectFrom('sandbox_outcome')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('application_no', '=', applicationNo),
)

const insertRow = prepared((db, row: Row) =>
  db.insertInto('sandbox_outcome').values({
    account_id: row.account_id,
    application_no: row.application_no,
    state: row.state,
    actor: row.actor,
    move: row.move,
    reason: row.reason,
    fields: row.fields,
    polls_left: row.polls_left,
    refusal: row.refusal,
    attempts: row.attempts,
    due_at: row.due_at,
    leased_until: row.leased_until,
  }),
)

const updateEnd = prepared((db, end: ApplicationKey & { state: OutcomeState; refusal: string | null }) =>
  db
    .updateTable('sandbox_outcome')
    .set({ state: end.state, refusal: end.refusal, leased_until: 0 })
    .where('account_id', '=', end.accountId)
    .where('application_no', '=', end.applicationNo),
)

const updateDue = prepared((db, { accountId, applicationNo, dueAt }: ApplicationKey & { dueAt: number }) =>
  db
    .updateTable('sandbox_outcome')
    .set({ due_at: dueAt, leased_until: 0 })
    .where('account_id', '=', accountId)
    .where('application_no', '=', applicationNo),
)

const updatePolls = prepared((db, { accountId, applicationNo }: ApplicationKey) =>
  db
    .updateTable('sandbox_outcome')
    .set(({ eb }) => ({ polls_left: eb('polls_left', '-', 1) }))
    .where('account_id', '=', accountId)
    .where('application_no', '=', applicationNo),
)

/** So many outcomes one status query counts for: a page of stores, which is the longest answer, has fewer. */
const POLLED_MAX = 100

interface PollingForm {
  ofApplication: boolean
  ofSubjects: boolean
}

const pollingOf = preparedByForm(
  (db: Kysely<Schema>, { ofApplication, ofSubjects }: PollingForm, about: ApplicationKey & PolledLists) => {
    let query = db
      .selectFrom('sandbox_outcome as outcome')
      .innerJoin('application as a', (join) =>
        join.onRef('a.account_id', '=', 'outcome.account_id').onRef('a.application_no', '=', 'outcome.application_no'),
      )
      .select(['a.account_id', 'a.application_no', 'a.kind', 'a.subject'])
      .where('outcome.account_id', '=', about.accountId)
      .where('outcome.state', '=', sql.lit('polling'))
      .where(isIn(db, 'a.kind', about.kinds, 'text'))
      .orderBy('outcome.application_no')
      .limit(POLLED_MAX)
    if (ofApplication) query = query.where('outcome.application_no', '=', about.applicationNo)
    if (ofSubjects) query = query.where(isIn(db, 'a.subject', about.subjects, 'text'))
    return query
  },
)

type PolledLists = Required<Pick<PolledApplications, 'kinds' | 'subjects'>>

/** What an outcome is about that waits for status queries. */
export type Polled = ApplicationKey & Pick<Application, 'kind' | 'subject'>

export async function findOutcome(
  db: Kysely<Schema>,
  { accountId, applicationNo }: ApplicationKey,
): Promise<GivenOutcome | undefined> {
  const [row] = await selectByKey(db, { accountId, applicationNo })
  return row && toOutcome(row)
}

/** The outcomes of an account, the newest first. @param before the number of an application */
export async function listOutcomes(
  db: Kysely<Schema>,
  accountId: number,
  { before, limit }: { before: number; limit: number },
): Promise<GivenOutcome[]> {
  const rows = await db
    .selectFrom('sandbox_outcome')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('application_no', '<', before)
    .orderBy('application_no', 'desc')
    .limit(limit)
    .execute()
  return rows.map(toOutcome)
}

/** Those that wait for a query about these, the oldest first. */
export async function listPolling(
  db: Kysely<Schema>,
  accountId: number,
  { kinds, applicationNo, subjects }: PolledApplications,
): Promise<Polled[]> {
  const statement = pollingOf({ ofApplication: applicationNo !== undefined, ofSubjects: subjects !== undefined })
  const rows = await statement(db, { accountId, kinds, applicationNo: applicationNo ?? 0, subjects: subjects ?? [] })
  return rows.map(({ account_id, application_no, kind, subject }) => ({
    accountId: account_id,
    applicationNo: application_no,
    kind,
    subject,
  }))
}

export async function insertOutcome(trx: Transaction<Schema>, outcome: GivenOutcome): Promise<void> {
  await insertRow(trx, {
    account_id: outcome.accountId,
    application_no: outcome.applicationNo,
    state: outcome.state,
    actor: outcome.actor,
    move: outcome.move,
    reason: outcome.reason,
    fields: JSON.stringify(outcome.fields),
    polls_left: outcome.pollsLeft,
    refusal: null,
    attempts: 0,
    due_at: outcome.dueAt.getTime(),
    leased_until: 0,
  })
}

/** It waits no more. */
export async function endOutcome(
  trx: Transaction<Schema>,
  { accountId, applicationNo }: ApplicationKey,
  state: 'effective' | 'overtaken' | 'refused',
  refusal?: Refusal,
): Promise<void> {
  await updateEnd(trx, { accountId, applicationNo, state, refusal: refusal ? JSON.stringify(refusal) : null })
}

/** Have it come back at another time of the account. */
export async function postponeOutcome(trx: Transaction<Schema>, key: ApplicationKey, dueAt: Date): Promise<void> {
  await updateDue(trx, { accountId: key.accountId, applicationNo: key.applicationNo, dueAt: dueAt.getTime() })
}

/** One status query fewer until it is given. */
export async function countDownPolls(trx: Transaction<Schema>, key: ApplicationKey): Promise<void> {
  await updatePolls(trx, { accountId: key.accountId, applicationNo: key.applicationNo })
}
