import type { ReactNode } from 'react'
import css from './settings-card.module.css'

/** A group of settings under its title. */
export function SettingsCard({ title, hint, children }: { title: string; hint?: string; children: ReactNode }) {
  return (
    <section className={css.card}>
      <h2 className={css.title}>{title}</h2>
      {hint && <p className={css.hint}>{hint}</p>}
      {children}
    </section>
  )
}

/** One setting: what it is, how it stands, what can be done. */
export function SettingsRow({
  title,
  hint,
  about,
  children,
}: {
  title: string
  hint?: ReactNode
  /** What the hint stands for in full, on hovering. */
  about?: string
  children?: ReactNode
}) {
  return (
    <div className={css.row}>
      <div className={css.words}>
        <h3>{title}</h3>
        {hint && (
          <p className={css.hint} title={about}>
            {hint}
          </p>
        )}
      </div>
      {children}
    </div>
  )
}
