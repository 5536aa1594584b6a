import { useEffect, useRef, useState } from 'react'
import type { Filters } from '../../data/filters.ts'
import { useShortcuts } from '../../keys/use-shortcuts.ts'
import { Icon } from '../../parts/icon.tsx'
import { Kbd } from '../../parts/kbd.tsx'
import { useText } from '../../text/use-text.ts'
import css from './filter-bar.module.css'

/** How long somebody types on before it is looked for. Unit: milliseconds. */
const PAUSE_MS = 200

export function SearchField({ filters, change }: { filters: Filters; change: (changed: Filters) => void }) {
  const text = useText().queue
  const input = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState(filters.q ?? '')
  const asked = useRef(filters.q ?? '')
  useShortcuts({ search: () => input.current?.focus() })
  useEffect(() => {
    // Somebody went back, or cleared the filters.
    if ((filters.q ?? '') !== asked.current) setTyped(filters.q ?? '')
    asked.current = filters.q ?? ''
  }, [filters.q])
  useEffect(() => {
    const sought = typed.trim()
    if (sought === asked.current) return
    const timer = setTimeout(() => {
      asked.current = sought
      change({ q: sought || undefined })
    }, PAUSE_MS)
    return () => clearTimeout(timer)
  })
  return (
    <label className={css.search}>
      <Icon name="search" />
      <input
        ref={input}
        type="search"
        className={css.input}
        aria-label={text.search}
        placeholder={text.search}
        maxLength={254}
        value={typed}
        onChange={({ target }) => setTyped(target.value)}
        onKeyDown={({ key, nativeEvent }) => {
          if (nativeEvent.isComposing) return
          if (key === 'Escape') setTyped('')
          if (key === 'Escape' || key === 'Enter') input.current?.blur()
        }}
      />
      <Kbd of="search" />
    </label>
  )
}
