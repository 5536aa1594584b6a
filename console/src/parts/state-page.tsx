import type { ReactNode } from 'react'
import { Icon, type IconName } from './icon.tsx'
import css from './state-page.module.css'

/** In place of content: that there is none, why, and what to do about it. */
export function StatePage(props: { icon: IconName; title: string; body?: string; children?: ReactNode }) {
  return (
    <div className={css.page}>
      <span className={css.sign}>
        <Icon name={props.icon} />
      </span>
      <h2 className={css.title}>{props.title}</h2>
      {props.body && <p className={css.body}>{props.body}</p>}
      {props.children && <div className={css.actions}>{props.children}</div>}
    </div>
  )
}
