import type { Static } from '@sinclair/typebox'
import { byId, endpoint, Page, paging, Time } from '../endpoint.ts'
import { Type } from '../schema.ts'
import { STORABLE_WORDS } from '../text.ts'

/** So many notes an application holds. */
export const NOTES_MAX = 500

const Note = Type.Object({
  note_no: Type.Integer(),
  by: Type.String(),
  at: Time,
  text: Type.String(),
})

export const noteEndpoints = {
  listNotes: endpoint({
    method: 'GET',
    path: '/applications/{id}/notes',
    access: 'application.read',
    summary: 'List the notes on an application, which the merchant never sees, the newest first',
    params: byId,
    query: Type.Object(paging),
    answer: Page(Note),
    problems: ['application.unknown'],
  }),
  addNote: endpoint({
    method: 'POST',
    path: '/applications/{id}/notes',
    access: 'application.note',
    summary: 'Add a note to an application',
    params: byId,
    status: 201,
    body: Type.Object({ text: Type.String({ minLength: 1, maxLength: 2000, pattern: STORABLE_WORDS }) }),
    answer: Note,
    problems: ['application.unknown', 'note.too_many', 'account.busy'],
  }),
}

export type ApiNote = Static<typeof Note>
