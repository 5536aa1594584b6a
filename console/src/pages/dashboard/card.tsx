import type { ReactNode } from 'react'
import css from './card.module.css'

interface CardProps {
  title: string
  hint?: string
  isWide?: boolean
  /** Beside the title. */
  tools?: ReactNode
  children: ReactNode
}

export function Card({ title, hint, isWide, tools, children }: CardProps) {
  return (
    <section className={`${css.card} ${isWide ? css.wide : ''}`}>
      <header className={css.head}>
        <div>
          <h2 className={css.title}>{title}</h2>
          {hint && <p className={css.hint}>{hint}</p>}
        </div>
        {tools}
      </header>
      {children}
    </section>
  )
}
