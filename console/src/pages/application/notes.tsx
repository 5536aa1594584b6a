import { useQuery } from '@tanstack/react-query'
import { useId, useRef, useState } from 'react'
import { useDraft } from '../../data/drafts.ts'
import { addNote, notesQuery } from '../../data/notes.ts'
import { useShortcuts } from '../../keys/use-shortcuts.ts'
import { Button } from '../../parts/button.tsx'
import { useExplain } from '../../parts/explain.ts'
import { PlainText } from '../../parts/plain-text.tsx'
import { useDates } from '../../text/use-dates.ts'
import { useText } from '../../text/use-text.ts'
import css from './notes.module.css'

/** What staff tell each other about an application; the merchant never sees it. */
export function Notes({ id }: { id: string }) {
  const { notes: text } = useText().application
  const dates = useDates()
  const { data } = useQuery(notesQuery(id))
  return (
    <section className={css.notes} aria-labelledby={`notes-${id}`}>
      <h3 id={`notes-${id}`} className={css.title}>
        {text.title}
      </h3>
      <NoteForm id={id} />
      <ol className={css.list}>
        {data?.items.map((note) => (
          <li key={note.note_no} className={css.note}>
            <p className={css.by}>
              <PlainText text={note.by} /> <time dateTime={note.at}>{dates.short(note.at)}</time>
            </p>
            <PlainText text={note.text} />
          </li>
        ))}
      </ol>
    </section>
  )
}

function NoteForm({ id }: { id: string }) {
  const { notes: text } = useText().application
  const explain = useExplain()
  const [draft, change, forget] = useDraft(`note.${id}`, { text: '' })
  const [fault, setFault] = useState<string>()
  const input = useRef<HTMLTextAreaElement>(null)
  const describedBy = useId()
  const send = () =>
    addNote(id, draft.text).then(forget, (error) => {
      setFault(explain(error))
      input.current?.focus()
    })
  useShortcuts({ writeNote: () => input.current?.focus() })
  return (
    <form className={css.form} action={() => void send()}>
      <textarea
        ref={input}
        className={css.input}
        rows={1}
        aria-label={text.label}
        aria-describedby={describedBy}
        aria-invalid={fault !== undefined}
        placeholder={text.placeholder}
        maxLength={2000}
        value={draft.text}
        onChange={({ target }) => change({ text: target.value })}
        onKeyDown={(event) => {
          if (event.key === 'Escape') input.current?.blur()
          else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && draft.text.trim()) void send()
          else return
          event.preventDefault()
        }}
      />
      {draft.text.trim() && (
        <Button type="submit" shortcut="sendDecision">
          {text.add}
        </Button>
      )}
      <p id={describedBy} role="alert" className={css.fault}>
        {fault}
      </p>
    </form>
  )
}
