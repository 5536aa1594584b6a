import { useEffect, useRef, useState } from 'react'
import { useShortcuts } from '../keys/use-shortcuts.ts'
import { Icon } from './icon.tsx'
import { Kbd } from './kbd.tsx'
import css from './search-field.module.css'

/** How long somebody types on before it is looked for. Unit: milliseconds. */
const PAUSE_MS = 200

interface SearchFieldProps {
  label: string
  value?: string
  onChange: (sought: string | undefined) => void
  maxLength: number
}

export function SearchField({ label, value = '', onChange, maxLength }: SearchFieldProps) {
  const input = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState(value)
  const asked = useRef(value)
  useShortcuts({ search: () => input.current?.focus() })
  useEffect(() => {
    // Somebody went back, or cleared the filters.
    if (value !== asked.current) setTyped(value)
    asked.current = value
  }, [value])
  useEffect(() => {
    const sought = typed.trim()
    if (sought === asked.current) return
    const timer = setTimeout(() => {
      asked.current = sought
      onChange(sought || undefined)
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
        aria-label={label}
        placeholder={label}
        maxLength={maxLength}
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
