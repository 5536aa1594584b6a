import type { ReactNode } from 'react'
import css from './scroller.module.css'

interface ScrollerProps {
  label: string
  className?: string
  children: ReactNode
}

/** What scrolls under the header of a page. */
export function Scroller({ label, className = '', children }: ScrollerProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reachable by keys
    <div className={`${css.scroller} ${className}`} tabIndex={0} role="region" aria-label={label}>
      {children}
    </div>
  )
}

/** The same, of sections below one another in the middle; the page says how wide they are and how far apart. */
export const ScrollingColumn = ({ className = '', ...props }: ScrollerProps) => (
  <Scroller className={`${css.column} ${className}`} {...props} />
)
