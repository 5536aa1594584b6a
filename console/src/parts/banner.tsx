import type { ReactNode } from 'react'
import css from './banner.module.css'
import { Icon } from './icon.tsx'

/** What has to be known above a page, and what can be done about it. */
export function Banner({ children }: { children: ReactNode }) {
  return (
    <div role="status" className={css.banner}>
      <Icon name="overdue" />
      <div className={css.words}>{children}</div>
    </div>
  )
}
