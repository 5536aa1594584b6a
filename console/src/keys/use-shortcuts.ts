import { useLayoutEffect, useRef } from 'react'
import { SHORTCUT_NAMES, type ShortcutName, shortcutOf } from './shortcuts.ts'

export type Handlers = { readonly [Name in ShortcutName]?: () => void }

interface Layer {
  handlers: { readonly current: Handlers }
  /** Hides what is below it, as a dialog does. */
  blocks: boolean
}

/** How long the first of two keys waits for the second. Unit: milliseconds. */
const SEQUENCE_MS = 1200

const layers: Layer[] = []
let started = { key: '', at: 0 }

/** Answer shortcuts by their names, for as long as the component is shown. */
export function useShortcuts(given: Handlers, { blocks = false }: { blocks?: boolean } = {}): void {
  const handlers = useRef(given)
  handlers.current = given
  // Before it is painted: whoever sees a button may press its key.
  useLayoutEffect(() => {
    const layer = { handlers, blocks }
    layers.push(layer)
    return () => void layers.splice(layers.indexOf(layer), 1)
  }, [blocks])
}

/** Whose shortcuts work now, the topmost first. */
function reachable(): Layer[] {
  const last = layers.findLastIndex((layer) => layer.blocks)
  return layers.slice(Math.max(last, 0)).toReversed()
}

/** What can be done here and now. */
export function runnableShortcuts(): { name: ShortcutName; run: () => void }[] {
  const above = reachable()
  return SHORTCUT_NAMES.flatMap((name) => {
    const run = above.find(({ handlers }) => handlers.current[name])?.handlers.current[name]
    return run ? [{ name, run }] : []
  })
}

/** Do what a shortcut does here and now, if anything. */
export const runShortcut = (name: ShortcutName): void =>
  runnableShortcuts()
    .find((each) => each.name === name)
    ?.run()

/** Listen to the whole page's keys. */
export function listenToKeys(): void {
  addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.isComposing) return
    const name = find(event)
    if (!name) return
    event.preventDefault()
    runShortcut(name)
  })
}

function find(event: KeyboardEvent): ShortcutName | undefined {
  const pressed = nameOf(event)
  if (!pressed) return undefined
  const sequence = event.timeStamp - started.at < SEQUENCE_MS ? `${started.key} ${pressed}` : ''
  const candidates = runnableShortcuts().filter(({ name }) => fits(name, event))
  const of = (keys: string) => candidates.find(({ name }) => shortcutOf(name).keys.includes(keys))?.name
  const found = (sequence && of(sequence)) || of(pressed)
  started = { key: found ? '' : pressed, at: event.timeStamp }
  return found
}

function fits(name: ShortcutName, event: KeyboardEvent): boolean {
  const { repeats, whileTyping, keys } = shortcutOf(name)
  if (event.repeat && !repeats) return false
  if (isPressedByKey(event)) return !keys.includes('Enter') || whileTyping === true
  return whileTyping || !isTyping(event)
}

/** `a`, `A` with Shift, `mod+k`, `Enter`; nothing for a modifier alone. */
function nameOf({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): string | undefined {
  if (altKey || ['Control', 'Meta', 'Shift', 'CapsLock', 'Process'].includes(key)) return undefined
  const name = key.length === 1 && !shiftKey ? key.toLowerCase() : key
  return ctrlKey || metaKey ? `mod+${name}` : name
}

function isTyping({ target }: KeyboardEvent): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement)
    return true
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'button'].includes(target.type)
}

/** Enter belongs to the button or the link that has the focus. */
const isPressedByKey = ({ key, target }: KeyboardEvent): boolean =>
  key === 'Enter' && target instanceof HTMLElement && target.closest('a, button, [role="menuitem"], summary') !== null
