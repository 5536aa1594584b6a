import { queryOptions } from '@tanstack/react-query'
import { client, queryClient } from './client.ts'

export const notesQuery = (id: string) =>
  queryOptions({
    queryKey: ['notes', id],
    queryFn: ({ signal }) => client.listNotes({ params: { id }, query: { limit: 100 } }, { signal }),
  })

export async function addNote(id: string, text: string): Promise<void> {
  await client.addNote({ params: { id }, body: { text } })
  await queryClient.invalidateQueries({ queryKey: notesQuery(id).queryKey })
}
