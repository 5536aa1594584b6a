import { useEffect, useState } from 'react'

/** So long somebody may read without a touch. Unit: milliseconds. */
const IDLE_MS = 3 * 60_000
const USES = ['pointermove', 'pointerdown', 'wheel', 'scroll', 'keydown', 'focus'] as const

/** Whether somebody is at the page: they moved, scrolled or typed lately. */
export function useIsUsed(): boolean {
  const [isUsed, setUsed] = useState(true)
  useEffect(() => {
    let idle: ReturnType<typeof setTimeout>
    const note = () => {
      clearTimeout(idle)
      idle = setTimeout(() => setUsed(false), IDLE_MS)
      setUsed(true)
    }
    note()
    for (const use of USES) addEventListener(use, note, { capture: true, passive: true })
    return () => {
      clearTimeout(idle)
      for (const use of USES) removeEventListener(use, note, { capture: true })
    }
  }, [])
  return isUsed
}
