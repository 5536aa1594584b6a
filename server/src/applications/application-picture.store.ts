import type { ApplicationPictureState } from '@shenpi/sdk/contract/states'
import type { Kysely, Selectable, Transaction } from 'kysely'
import { insertRows } from '../db/lists.ts'
import type { Schema } from '../db/schema.ts'
import { prepared } from '../db/statements.ts'
import { getApplication } from './application.store.ts'
import type { Application } from './application.ts'
import type { ApplicationKey } from './application-id.ts'
import type { PictureReference } from './application-kind.ts'

type Row = Selectable<Schema['application_picture']>

/** A picture of an application: on its way, stored under a permanent link, or not to be had. */
export interface ApplicationPicture {
  field: string
  position: number
  reference: string
  state: ApplicationPictureState
  linkKey: string | null
  failure: string | null
}

/** An application with its pictures. */
export type ApplicationInFull = Application & { pictures: readonly ApplicationPicture[] }

/** A picture that is still to be fetched, with the key of its row. */
export interface PictureJob extends ApplicationKey {
  field: string
  position: number
  reference: string
  attempts: number
}

const insertAll = prepared((db, { pictures }: { pictures: Row[] }) =>
  insertRows(db, 'application_picture', pictures, {
    account_id: 'bigint',
    application_no: 'bigint',
    field: 'text',
    position: 'bigint',
    reference: 'text',
    state: 'text',
    link_key: 'text',
    failure: 'text',
    attempts: 'bigint',
    due_at: 'bigint',
    leased_until: 'bigint',
  }),
)

/** Citus plans the insert of a list on its coordinator, and that of one row on the account's node. */
const insertOne = prepared((db, row: Row) =>
  db.insertInto('application_picture').values({
    account_id: row.account_id,
    application_no: row.application_no,
    field: row.field,
    position: row.position,
    reference: row.reference,
    state: row.state,
    link_key: row.link_key,
    failure: row.failure,
    attempts: row.attempts,
    due_at: row.due_at,
    leased_until: row.leased_until,
  }),
)

/** @param dueAt when those that are to be fetched are, by the machine's time */
export async function insertPictures(
  trx: Transaction<Schema>,
  { accountId, applicationNo }: ApplicationKey,
  pictures: readonly PictureReference[],
  dueAt: Date,
): Promise<void> {
  const positions = new Map<string, number>()
  const rows = pictures.map(({ field, reference, linkKey }): Row => {
    const position = positions.get(field) ?? 0
    positions.set(field, position + 1)
    return {
      account_id: accountId,
      application_no: applicationNo,
      field,
      position,
      reference,
      state: linkKey ? 'stored' : 'waiting',
      link_key: linkKey,
      failure: null,
      attempts: 0,
      due_at: dueAt.getTime(),
      leased_until: 0,
    }
  })
  const [row] = rows
  if (row && rows.length === 1) await insertOne(trx, row)
  else if (row) await insertAll(trx, { pictures: rows })
}

const selectShown = prepared((db, { accountId, applicationNo }: ApplicationKey) =>
  db
    .selectFrom('application_picture')
    .select(['field', 'position', 'reference', 'state', 'link_key', 'failure'])
    .where('account_id', '=', accountId)
    .where('application_no', '=', applicationNo)
    .orderBy('field')
    .orderBy('position'),
)

export async function listPictures(
  db: Kysely<Schema>,
  { accountId, applicationNo }: ApplicationKey,
): Promise<ApplicationPicture[]> {
  const rows = await selectShown(db, { accountId, applicationNo })
  return rows.map((row) => ({
    field: row.field,
    position: row.position,
    reference: row.reference,
    state: row.state,
    linkKey: row.link_key,
    failure: row.failure,
  }))
}

/** @throws Problem `application.unknown` */
export async function getApplicationInFull(db: Kysely<Schema>, key: ApplicationKey): Promise<ApplicationInFull> {
  const [application, pictures] = await Promise.all([getApplication(db, key), listPictures(db, key)])
  return { ...application, pictures }
}

export const toPictureJob = (row: Selectable<Schema['application_picture']>): PictureJob => ({
  accountId: row.account_id,
  applicationNo: row.application_no,
  field: row.field,
  position: row.position,
  reference: row.reference,
  attempts: row.attempts,
})

type PictureOutcome =
  | { state: 'stored'; linkKey: string }
  | { state: 'failed'; failure: string }
  | { state: 'waiting'; failure: string; dueAt: Date /* of the machine's time */ }

export async function savePicture(db: Kysely<Schema>, job: PictureJob, outcome: PictureOutcome): Promise<void> {
  await db
    .updateTable('application_picture')
    .set({
      state: outcome.state,
      attempts: job.attempts + 1,
      leased_until: 0,
      ...(outcome.state === 'stored' ? { link_key: outcome.linkKey, failure: null } : { failure: outcome.failure }),
      ...(outcome.state === 'waiting' ? { due_at: outcome.dueAt.getTime() } : {}),
    })
    .where('account_id', '=', job.accountId)
    .where('application_no', '=', job.applicationNo)
    .where('field', '=', job.field)
    .where('position', '=', job.position)
    .where('state', '=', 'waiting')
    .execute()
}
