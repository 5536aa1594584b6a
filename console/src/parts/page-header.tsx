import type { ReactNode } from 'react'
import { useEffect } from 'react'
import { useText } from '../text/use-text.ts'
import css from './page-header.module.css'

/** The bar over a page: what it is, how much there is, what can be done. */
export function PageHeader({ title, detail, children }: { title: string; detail?: ReactNode; children?: ReactNode }) {
  const { title: product } = useText()
  useEffect(() => {
    document.title = `${title} · ${product}`
  }, [title, product])
  return (
    <header className={css.header}>
      <h1 className={css.title}>{title}</h1>
      {detail !== undefined && <span className={css.detail}>{detail}</span>}
      <div className={css.actions}>{children}</div>
    </header>
  )
}
