import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { parseFilters } from '../../data/filters.ts'
import { savedViewCountsQuery, savedViewsQuery } from '../../data/saved-views.ts'
import type { ShortcutName } from '../../keys/shortcuts.ts'
import { runnableShortcuts } from '../../keys/use-shortcuts.ts'
import type { IconName } from '../../parts/icon.tsx'
import { useText } from '../../text/use-text.ts'

interface Choice {
  id: string
  icon: IconName
  label: string
  detail?: string
  shortcut?: ShortcutName
  run: () => void
}

const APPLICATION_ID = /^\d{1,15}-\d{1,15}$/
const APPID = /^wx[0-9a-f]{16}$/

/** What fits what was typed: an application or an account that it names, and the shortcuts that work on the page. */
export function usePaletteChoices(typed: string): Choice[] {
  const text = useText()
  const navigate = useNavigate()
  const { data: views = [] } = useQuery(savedViewsQuery)
  const { data: counts } = useQuery({ ...savedViewCountsQuery, enabled: views.length > 0 })
  // Those of the page, asked before the palette's own dialog hides them.
  const [shortcuts] = useState(runnableShortcuts)
  const sought = typed.trim()
  const choices: Choice[] = []
  if (APPLICATION_ID.test(sought)) {
    const run = () => void navigate({ to: '/applications/$id', params: { id: sought }, search: {} })
    choices.push({ id: 'application', icon: 'right', label: text.palette.open, detail: sought, run })
  }
  if (APPID.test(sought)) {
    const run = () => void navigate({ to: '/queue', search: { appid: sought } })
    choices.push({ id: 'account', icon: 'person', label: text.palette.account, detail: sought, run })
  }
  for (const { view_no, name, filters } of views) {
    const run = () => void navigate({ to: '/queue', search: parseFilters(filters) })
    const choice = { id: `view ${view_no}`, icon: 'filter' as const, label: name, detail: counts?.get(view_no), run }
    if (sought !== '' && fits(name, sought)) choices.push(choice)
  }
  const commands = shortcuts
    .filter(({ name }) => name !== 'palette')
    .map(({ name, run }): Choice => ({ id: name, icon: 'right', label: text.shortcuts[name], shortcut: name, run }))
  return [...choices, ...commands.filter(({ label }) => fits(label, sought))]
}

/** Every word that was typed is somewhere in the label. */
const fits = (label: string, sought: string): boolean =>
  sought
    .toLowerCase()
    .split(/\s+/)
    .every((word) => label.toLowerCase().includes(word))
