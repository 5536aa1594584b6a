import { LANGUAGES, type Language } from '@shenpi/sdk/contract/states'
import { useSyncExternalStore } from 'react'

export const SCHEMES = ['system', 'light', 'dark'] as const
export type Scheme = (typeof SCHEMES)[number]

/** What a person chose for this browser. */
export interface Preferences {
  language: Language
  scheme: Scheme
}

const STORED_AS = 'shenpi.preferences'
const prefersDark = matchMedia('(prefers-color-scheme: dark)')
const listeners = new Set<() => void>()
let preferences = read()

export const usePreferences = (): Preferences => useSyncExternalStore(listen, () => preferences)

export function setPreferences(change: Partial<Preferences>): void {
  take({ ...preferences, ...change })
  try {
    localStorage.setItem(STORED_AS, JSON.stringify(preferences))
  } catch {
    // A browser that keeps nothing: the choice lasts as long as the page.
  }
}

/** Dress the document as chosen, also when the system or another tab changes the choice. */
export function applyPreferences(): void {
  dress()
  prefersDark.addEventListener('change', dress)
  addEventListener('storage', ({ key }) => key === STORED_AS && take(read()))
}

function listen(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function take(changed: Preferences): void {
  preferences = changed
  dress()
  for (const listener of listeners) listener()
}

function dress(): void {
  const { language, scheme } = preferences
  const isDark = scheme === 'dark' || (scheme === 'system' && prefersDark.matches)
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
  document.documentElement.dataset.scheme = isDark ? 'dark' : 'light'
}

function read(): Preferences {
  const stored = readStored()
  const language = LANGUAGES.find((each) => each === stored.language)
  const scheme = SCHEMES.find((each) => each === stored.scheme)
  return { language: language ?? (navigator.language.startsWith('zh') ? 'zh' : 'en'), scheme: scheme ?? 'system' }
}

function readStored(): { language?: unknown; scheme?: unknown } {
  try {
    return JSON.parse(localStorage.getItem(STORED_AS) ?? '{}') ?? {}
  } catch {
    return {}
  }
}
