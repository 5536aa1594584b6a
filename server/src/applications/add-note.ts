import { NOTES_MAX } from '@shenpi/sdk/contract/api/notes'
import { changeAccount } from '../journal/change-account.ts'
import { NoSuchAccount } from '../journal/journal.store.ts'
import { Problem } from '../problem.ts'
import { getApplication } from './application.store.ts'
import type { ApplicationKey } from './application-id.ts'
import { insertNote, listNotes, type Note } from './note.store.ts'
import type { Review } from './review.ts'

/** Add a note to an application, whatever its state. @throws Problem `application.unknown`, `note.too_many` */
export async function addNote(
  { db, clock }: Review,
  key: ApplicationKey,
  { text, actor }: { text: string; actor: string },
): Promise<Note> {
  return await changeAccount(db, key.accountId, async (account) => {
    await getApplication(account.trx, key)
    const [last] = await listNotes(account.trx, key, 1)
    const noteNo = (last?.noteNo ?? 0) + 1
    if (noteNo > NOTES_MAX) throw new Problem('note.too_many')
    const note = { noteNo, actor, at: clock.now(key.accountId), text }
    await insertNote(account.trx, key, note)
    const { applicationNo } = key
    account.append({ at: note.at, actor, action: 'application.note', applicationNo, detail: { note_no: noteNo, text } })
    return note
  }).catch((error: unknown) => {
    throw error instanceof NoSuchAccount ? new Problem('application.unknown') : error
  })
}
