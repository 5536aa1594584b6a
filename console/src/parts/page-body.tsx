import type { ReactNode } from 'react'
import css from './page-body.module.css'

/** What stands under the header of a page of cards. */
export const PageBody = ({ children }: { children: ReactNode }) => <div className={css.body}>{children}</div>
