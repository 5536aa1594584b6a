import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import type { Filters } from '../../data/filters.ts'
import { isViewOf, savedViewsQuery } from '../../data/saved-views.ts'
import { useShortcuts } from '../../keys/use-shortcuts.ts'
import { Button } from '../../parts/button.tsx'
import { useText } from '../../text/use-text.ts'

const ViewDialog = lazy(async () => ({ default: (await import('./view-dialog.tsx')).ViewDialog }))

/** Beside filters that are on and have no name yet. */
export function SaveView({ filters }: { filters: Filters }) {
  const { views: text } = useText().queue
  const { data: views } = useQuery(savedViewsQuery)
  const [isOpen, setOpen] = useState(false)
  const isNew = views !== undefined && !filters.q && !views.some((view) => isViewOf(view, filters))
  useShortcuts(isNew ? { saveView: () => setOpen(true) } : {})
  if (!isNew && !isOpen) return null
  return (
    <>
      <Button look="quiet" shortcut="saveView" onClick={() => setOpen(true)}>
        {text.save}
      </Button>
      <Suspense>{isOpen && <ViewDialog filters={filters} onClose={() => setOpen(false)} />}</Suspense>
    </>
  )
}
