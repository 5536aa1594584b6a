import type { Kysely, Selectable, Transaction } from 'kysely'
import type { Schema } from '../db/schema.ts'
import { prepared } from '../db/statements.ts'
import type { Opinion } from './application.ts'
import type { ApplicationKey } from './application-id.ts'

type Row = Selectable<Schema['application_opinion']>

const selectOpinions = prepared((db, { accountId, applicationNo }: ApplicationKey) =>
  db
    .selectFrom('application_opinion')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('application_no', '=', applicationNo)
    .orderBy('opinion_no'),
)

const insertRow = prepared((db, row: Row) =>
  db.insertInto('application_opinion').values({
    account_id: row.account_id,
    application_no: row.application_no,
    opinion_no: row.opinion_no,
    move: row.move,
    actor_key: row.actor_key,
    actor: row.actor,
    note: row.note,
    at: row.at,
  }),
)

/** The first one first. */
export async function listOpinions(db: Kysely<Schema>, key: ApplicationKey): Promise<Opinion[]> {
  const rows = await selectOpinions(db, { accountId: key.accountId, applicationNo: key.applicationNo })
  return rows.map((row) => ({
    opinionNo: row.opinion_no,
    move: 'approve',
    actorKey: row.actor_key,
    actor: row.actor,
    note: row.note,
    at: new Date(row.at),
  }))
}

export async function insertOpinion(trx: Transaction<Schema>, key: ApplicationKey, opinion: Opinion): Promise<void> {
  await insertRow(trx, {
    account_id: key.accountId,
    application_no: key.applicationNo,
    opinion_no: opinion.opinionNo,
    move: opinion.move,
    actor_key: opinion.actorKey,
    actor: opinion.actor,
    note: opinion.note,
    at: opinion.at.getTime(),
  })
}
