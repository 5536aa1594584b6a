import { type ShortcutName, shortcutOf } from '../keys/shortcuts.ts'
import css from './kbd.module.css'

const isMac = /Mac|iPhone|iPad/.test(navigator.platform)
const SIGNS: Readonly<Record<string, string>> = {
  mod: isMac ? '⌘' : 'Ctrl',
  Enter: '↵',
  Escape: 'Esc',
  ArrowDown: '↓',
  ArrowUp: '↑',
}

/** The first keys of a shortcut, as keys. */
export function Kbd({ of: name }: { of: ShortcutName }) {
  return <Keys keys={shortcutOf(name).keys[0]} />
}

/** @param keys as the table of shortcuts writes them */
export function Keys({ keys }: { keys: string }) {
  return (
    <span className={css.keys}>
      {keys.split(/ |(?<=\w)\+/).map((key) => (
        <kbd key={key} className={css.key}>
          {SIGNS[key] ?? (/^[a-z]$/i.test(key) ? toCap(key) : key)}
        </kbd>
      ))}
    </span>
  )
}

const toCap = (key: string): string => (key === key.toUpperCase() ? `⇧${key}` : key.toUpperCase())
