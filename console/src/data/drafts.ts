import { useState } from 'react'

/**
 * What somebody types and has not sent: it outlives the page, a refusal and a session, in this tab.
 *
 * @param name which text, of which application
 */
export function useDraft<Draft extends object>(
  name: string,
  empty: Draft,
): [Draft, (change: Partial<Draft>) => void, () => void] {
  const key = `shenpi.draft.${name}`
  const [draft, setDraft] = useState<Draft>(() => ({ ...empty, ...read(key) }))
  const change = (changed: Partial<Draft>) => {
    const next = { ...draft, ...changed }
    setDraft(next)
    write(key, next)
  }
  const forget = () => {
    setDraft(empty)
    write(key, undefined)
  }
  return [draft, change, forget]
}

function read(key: string): object {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? '{}')
  } catch {
    return {}
  }
}

function write(key: string, draft: object | undefined): void {
  try {
    if (draft) sessionStorage.setItem(key, JSON.stringify(draft))
    else sessionStorage.removeItem(key)
  } catch {
    // A browser that keeps nothing: the text lasts as long as the page.
  }
}
