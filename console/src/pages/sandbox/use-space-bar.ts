import { useEffect, useRef } from 'react'

/** What the space bar does where it belongs to nothing that has the focus. */
export function useSpaceBar(act: () => void): void {
  const now = useRef(act)
  now.current = act
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.code !== 'Space' || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return
      const isTaken =
        event.target instanceof Element &&
        event.target.closest('a, button, input, select, textarea, summary, [role="dialog"]')
      if (isTaken) return
      event.preventDefault()
      now.current()
    }
    addEventListener('keydown', listen)
    return () => removeEventListener('keydown', listen)
  }, [])
}
