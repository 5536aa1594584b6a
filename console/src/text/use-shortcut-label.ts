import { type ShortcutName, shortcutOf } from '../keys/shortcuts.ts'
import { useText } from './use-text.ts'

/** What a shortcut does, with its key: `Rotate (o)`. */
export function useShortcutLabel(): (name: ShortcutName) => string {
  const { shortcuts } = useText()
  return (name) => `${shortcuts[name]} (${shortcutOf(name).keys[0]})`
}
