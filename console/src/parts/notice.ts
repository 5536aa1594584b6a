export interface Notice {
  id: number
  look: 'done' | 'failure'
  text: string
  /** What can be done about it; without a label it is to undo it. */
  action?: { label?: string; run: () => unknown }
  /** How long it stays. */
  ms: number
}

const SHOWN_MAX = 3
const STAYS_MS = { done: 5_000, failure: 12_000 } as const

const listeners = new Set<() => void>()
let notices: readonly Notice[] = []
let last = 0

export const noticesNow = (): readonly Notice[] => notices

export function listenToNotices(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Tell something in passing. Answers the number by which it can be taken away before its time. */
export function notify({ look = 'done', ms = STAYS_MS[look], ...rest }: Partial<Notice> & { text: string }): number {
  last += 1
  const id = last
  show([...notices, { ...rest, look, ms, id }].slice(-SHOWN_MAX))
  setTimeout(() => dismiss(id), ms)
  return id
}

export const dismiss = (id: number): void => show(notices.filter((notice) => notice.id !== id))

function show(changed: readonly Notice[]): void {
  notices = changed
  for (const listener of listeners) listener()
}
