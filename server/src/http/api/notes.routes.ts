import { type ApiNote, api } from '@shenpi/sdk/contract/api'
import { actorName } from '../../actors/actor.ts'
import { addNote } from '../../applications/add-note.ts'
import { getApplication } from '../../applications/application.store.ts'
import { listNotes, type Note } from '../../applications/note.store.ts'
import type { Services } from '../../services.ts'
import { keyOf } from './applications.routes.ts'
import { parseCursor, toCursor } from './cursor.ts'
import type { ServeEndpoint } from './endpoint.ts'

const LIMIT = 50

const toNote = ({ noteNo, actor, at, text }: Note): ApiNote => ({
  note_no: noteNo,
  by: actor,
  at: at.toISOString(),
  text,
})

export function notesRoutes(serve: ServeEndpoint, { db, review }: Services): void {
  serve(api.listNotes, async ({ params, query: { limit = LIMIT, cursor } }) => {
    const key = keyOf(params.id)
    const [before] = cursor ? parseCursor(cursor, 1) : []
    await getApplication(db, key)
    const notes = await listNotes(db, key, limit, before)
    const last = notes.at(limit - 1)
    return { items: notes.map(toNote), next_cursor: last ? toCursor([last.noteNo]) : null }
  })

  serve(api.addNote, async ({ actor, params, body: { text } }) =>
    toNote(await addNote(review, keyOf(params.id), { text, actor: actorName(actor) })),
  )
}
