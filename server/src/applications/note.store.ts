import type { Kysely, Transaction } from 'kysely'
import type { Schema } from '../db/schema.ts'
import type { ApplicationKey } from './application-id.ts'

/** What staff tell each other of an application; the merchant never sees it. */
export interface Note {
  /** Counts up within the application. */
  noteNo: number
  actor: string
  at: Date
  text: string
}

/** The newest first. @param limit how many at the most @param before the last number of the page before */
export async function listNotes(
  db: Kysely<Schema>,
  { accountId, applicationNo }: ApplicationKey,
  limit: number,
  before?: number,
): Promise<Note[]> {
  let query = db
    .selectFrom('application_note')
    .select(['note_no', 'actor', 'at', 'text'])
    .where('account_id', '=', accountId)
    .where('application_no', '=', applicationNo)
    .orderBy('note_no', 'desc')
    .limit(limit)
  if (before !== undefined) query = query.where('note_no', '<', before)
  const rows = await query.execute()
  return rows.map(({ note_no: noteNo, actor, at, text }) => ({ noteNo, actor, at: new Date(at), text }))
}

export async function insertNote(
  trx: Transaction<Schema>,
  { accountId, applicationNo }: ApplicationKey,
  { noteNo, actor, at, text }: Note,
): Promise<void> {
  await trx
    .insertInto('application_note')
    .values({ account_id: accountId, application_no: applicationNo, note_no: noteNo, actor, at: at.getTime(), text })
    .execute()
}
