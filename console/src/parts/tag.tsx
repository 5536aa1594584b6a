import css from './tag.module.css'

/** A word about something, in its colour: never by colour alone. */
export function Tag({
  look = 'plain',
  children,
}: {
  look?: 'plain' | 'accent' | 'good' | 'warn' | 'danger'
  children: string
}) {
  return <span className={`${css.tag} ${css[look]}`}>{children}</span>
}
