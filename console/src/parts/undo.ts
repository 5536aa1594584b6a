import { useSyncExternalStore } from 'react'
import { dismiss, listenToNotices, noticesNow, notify } from './notice.ts'

interface Undo {
  text: string
  /** When it was decided and until when it can be taken back, both by the server: the browser’s clock may be wrong. */
  since: string
  until: string
  run: () => unknown
}

/** The last decision that can still be taken back, as the notice that offers it. */
let last: { id: number; run: () => unknown } | undefined

/** Tell what was decided, for as long as it can be taken back, and take it back by the key of undo. */
export function offerUndo({ text, since, until, run }: Undo): void {
  const ms = Date.parse(until) - Date.parse(since)
  if (ms <= 0) return
  const id = notify({ text, ms, action: { run } })
  last = { id, run }
}

/** What the key of undo does now; undefined where there is nothing to take back. */
export function useUndo(): (() => void) | undefined {
  const notices = useSyncExternalStore(listenToNotices, noticesNow)
  const offered = last && notices.some(({ id }) => id === last?.id) ? last : undefined
  return (
    offered &&
    (() => {
      dismiss(offered.id)
      offered.run()
    })
  )
}
